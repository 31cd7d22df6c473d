export { canonicalCondition, floorPolicy, isolationPolicy } from "../policy/canonical-policy.ts";
export { applyPolicies } from "../policy/apply-policies.ts";
export { isCanonical, planPolicies } from "../policy/plan-policies.ts";
export { recordPolicies } from "../policy/record-policies.ts";
export { readTableFacts, type TableFacts } from "../policy/table-facts.ts";
export { reservedSlugs, slugFromName } from "../organizations/slug.ts";
export { defaultRoleNames, type RoleNames } from "../settings.ts";
export { installControlPlane, migrate, planDatabaseRights, type MigrateOptions } from "./migrate.ts";
export { type RolePasswords } from "./roles.ts";
