export { migrate, type MigrateOptions } from "./migrate.ts";
export { type SealKeys } from "../policy/apply-seal-keys.ts";
export { type RolePasswords } from "./roles.ts";
export { renderPolicies, type PolicyScriptOptions } from "../policy/render-policies.ts";
export { renderSupabasePolicies, type SupabasePolicyOptions } from "../policy/render-supabase-policies.ts";
