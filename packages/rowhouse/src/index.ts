export { defineTenancy, type EnterOptions, type Tenancy } from "./tenancy.ts";
export { type Identity, type Locator, type RoleNames, type Settings, type TableName } from "./settings.ts";
export { errorCodes, isRowhouseError, RowhouseError, type ErrorCode, type ErrorDetails, type FieldError } from "./errors.ts";
export { definePermissions, type Grant, type Permission, type PermissionOf, type Permissions } from "./access/permissions.ts";
export { isAtLeast, isRole, roles, type Role } from "./access/roles.ts";
export { type Organization } from "./tenant/organization.ts";
export { type AuditEvent, type RequestOrigin } from "./tenant/audit-event.ts";
export { type Actor } from "./tenant/actor.ts";
export { type Tenant, type TenantQueries, type TenantTables } from "./tenant/tenant.ts";
export { addMember } from "./members/add-member.ts";
export { type Membership } from "./members/get-membership.ts";
export { organizationHeader } from "./tenant/locate-organization.ts";
export { type ControlPlane } from "./tenant/control-plane.ts";
export {
  createOrganization,
  newOrganizationId,
  parseOrganizationName,
  type Profile,
} from "./organizations/create-organization.ts";
export { renameOrganization } from "./organizations/rename-organization.ts";
export { type OperateOptions, type Operator } from "./operator/operate.ts";
export { reservedSlugs, slugFromName } from "./organizations/slug.ts";
export { changeSlug, checkSlug, type SlugState } from "./organizations/change-slug.ts";
export { getOrganizationProfile, updateOrganization, type OrganizationProfile } from "./organizations/update-organization.ts";
