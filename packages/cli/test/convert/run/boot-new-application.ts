import { randomBytes } from "node:crypto";
import { definePermissions, defineTenancy, isRowhouseError, type PermissionOf } from "rowhouse";
import { readNewSettings } from "../../../src/convert/run/new-settings.ts";
import type { Plan } from "../../../src/convert/plan.ts";
import type { App } from "./open-app.ts";

const permissions = definePermissions({
  resources: { links: ["read"] },
  roles: { owner: ["*"], admin: ["*"], member: ["links:read"], viewer: ["links:read"] },
});

/**
 * Starts the new application with the settings that the conversion prints: "clean", or why the boot guard refuses.
 */
export async function bootNewApplication(app: Pick<App, "url" | "admin">, plan: Plan): Promise<string> {
  const role = `new_app_${randomBytes(4).toString("hex")}`;
  await app.admin.query(`create role ${role} login password 'new'; grant rowhouse_runtime to ${role}`);
  const url = new URL(app.url);
  url.username = role;
  url.password = "new";
  const { open: _, column, ...tables } = await readNewSettings(app.admin, plan);
  try {
    await using tenancy = defineTenancy<Record<string, unknown>, PermissionOf<typeof permissions>>({
      database: { url: url.href, maxConnections: 1 },
      tables: { ...tables, ...(column !== undefined && { column }) },
      permissions,
    });
    await tenancy.start();
    return "clean";
  } catch (error) {
    if (isRowhouseError(error, "UNSAFE_DATABASE")) return error.message;
    throw error;
  } finally {
    await app.admin.query(`drop role ${role}`);
  }
}
