import { defineTenancy, type Identity, type Tenant as RowhouseTenant } from "rowhouse";
import { findCaller } from "../identity/find-caller.ts";
import { webSettings } from "../settings.ts";
import { tables, type Database } from "./database.ts";
import { permissions, type Permission } from "./permissions.ts";
import { tokenKeyOf } from "./token-key.ts";

export type Tenant = RowhouseTenant<Database, Permission>;

/** One per process, also when the bundler loads this module more than once. */
const globals = globalThis as typeof globalThis & { rowhouseTenancy?: ReturnType<typeof define> };

/** The application's tenancy; everything else receives a {@link Tenant}. */
export function tenancy(): ReturnType<typeof define> {
  return (globals.rowhouseTenancy ??= define());
}

function define() {
  const { runtimeUrl, identityUrl, publicUrl, secret, seal } = webSettings();
  return defineTenancy<Database, Permission>({
    database: { url: runtimeUrl, identityUrl, seal },
    tables,
    permissions,
    identify,
    locate: ["path", "header", "api-key", "session"],
    tokens: { issuer: publicUrl, audience: `${publicUrl}/api`, keys: [tokenKeyOf(secret)] },
  });
}

/** Who a request of the API is from, by its cookie. Pages and actions ask for the same session themselves. */
async function identify({ headers }: Request): Promise<Identity | null> {
  const user = await findCaller(headers);
  if (user === undefined) return null;
  const { id: userId, ...profile } = user;
  return { userId, profile };
}
