export { Can, type CanProps } from "./can.ts";
export { OrganizationProvider, useOrganization, type OrganizationView } from "./organization-provider.ts";
export type { OrganizationChoice } from "./organization-choice.ts";
export type { AppPermission, Register } from "./register.ts";
export {
  useOrganizationSwitcher,
  type OrganizationSwitcher,
  type OrganizationSwitcherOptions,
} from "./use-organization-switcher.ts";
export { usePermission } from "./use-permission.ts";
