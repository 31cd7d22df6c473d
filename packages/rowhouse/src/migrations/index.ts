export { migrate, type MigrateOptions } from "./migrate.ts";
export { type SealKeys } from "../policy/apply-seal-keys.ts";
export { type RolePasswords } from "./roles.ts";
