import { defineTenancy, type Tenant as RowhouseTenant } from "rowhouse";
import { webSettings } from "../settings.ts";
import { tables, type Database } from "./database.ts";
import { permissions, type Permission } from "./permissions.ts";

export type Tenant = RowhouseTenant<Database, Permission>;

/** One per process, also when the bundler loads this module more than once. */
const globals = globalThis as typeof globalThis & { rowhouseTenancy?: ReturnType<typeof define> };

/** The application's tenancy; everything else receives a {@link Tenant}. */
export function tenancy(): ReturnType<typeof define> {
  return (globals.rowhouseTenancy ??= define());
}

function define() {
  const { runtimeUrl, identityUrl } = webSettings();
  return defineTenancy<Database, Permission>({
    database: { url: runtimeUrl, identityUrl },
    tables,
    permissions,
    locate: ["path", "header", "session"],
  });
}
