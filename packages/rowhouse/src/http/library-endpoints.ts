import type { ApiOptions } from "./api-options.ts";
import type { Endpoint } from "./call.ts";
import { auditEndpoints } from "./endpoints/audit-endpoints.ts";
import { apiKeyEndpoints } from "./endpoints/api-key-endpoints.ts";
import { domainEndpoints, domainMailEndpoints } from "./endpoints/domain-endpoints.ts";
import { addressedInvitationEndpoints, invitationEndpoints } from "./endpoints/invitation-endpoints.ts";
import { joinEndpoints } from "./endpoints/join-endpoints.ts";
import { joinRequestEndpoints } from "./endpoints/join-request-endpoints.ts";
import { logoEndpoints } from "./endpoints/logo-endpoints.ts";
import { memberEndpoints } from "./endpoints/member-endpoints.ts";
import { organizationEndpoints } from "./endpoints/organization-endpoints.ts";
import { permissionEndpoints } from "./endpoints/permission-endpoints.ts";
import { serviceAccountEndpoints } from "./endpoints/service-account-endpoints.ts";
import { settingEndpoints } from "./endpoints/setting-endpoints.ts";
import { tokenEndpoints } from "./endpoints/token-endpoints.ts";

/** What Rowhouse itself offers, as far as the application has what it needs. */
export function libraryEndpoints<DB, P extends string>({
  onInvitation,
  onDomainMail,
  settings,
  files,
  offersTokens,
}: Omit<ApiOptions<DB, P>, "publicUrl"> & { readonly offersTokens: boolean }): Endpoint[] {
  return [
    organizationEndpoints,
    memberEndpoints,
    invitationEndpoints,
    onInvitation === undefined ? [] : addressedInvitationEndpoints,
    joinEndpoints,
    serviceAccountEndpoints,
    apiKeyEndpoints,
    offersTokens ? tokenEndpoints : [],
    permissionEndpoints,
    settings === undefined ? [] : settingEndpoints,
    files === undefined ? [] : logoEndpoints,
    domainEndpoints,
    onDomainMail === undefined ? [] : domainMailEndpoints,
    joinRequestEndpoints,
    auditEndpoints,
  ].flat();
}
