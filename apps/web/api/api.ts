import { createApi as createRowhouseApi, type ApiOptions } from "rowhouse/http";
import { fileStore } from "@/organization-settings/file-store";
import { productSettings } from "@/organization-settings/product-settings";
import { webSettings } from "@/settings";
import type { Database } from "@/tenancy/database";
import type { Permission } from "@/tenancy/permissions";
import { requestOrigin } from "@/tenancy/request-origin";
import { tenancy } from "@/tenancy/tenancy";
import { apiMails } from "./api-mails";
import { healthEndpoints } from "./health-endpoints";
import { identityEndpoints } from "./identity-endpoints";
import { identityMailEndpoints } from "./identity-mail-endpoints";
import { projectEndpoints } from "./project-endpoints";
import { taskEndpoints } from "./task-endpoints";

/** The HTTP API: the library's organization endpoints and this product's own, in one OpenAPI document. */
export function createApi(options = apiOptions()): ReturnType<typeof createRowhouseApi> {
  return createRowhouseApi(tenancy(), options);
}

/** What this product tells the library of its API. */
export function apiOptions(): ApiOptions<Database, Permission> {
  const { publicUrl, secureCookies, files } = webSettings();
  return {
    ...apiMails,
    publicUrl,
    settings: productSettings,
    files: files === undefined ? undefined : fileStore,
    endpoints: [healthEndpoints, identityEndpoints, identityMailEndpoints, projectEndpoints, taskEndpoints].flat(),
    sessionCookie: `${secureCookies ? "__Secure-" : ""}rowhouse.session_token`,
    origin: ({ headers }) => requestOrigin(headers),
    onFault: (error) => console.error(error),
  };
}
