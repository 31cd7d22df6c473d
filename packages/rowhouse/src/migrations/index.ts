export { migrate, type MigrateOptions } from "./migrate.ts";
export { type RolePasswords } from "./roles.ts";
