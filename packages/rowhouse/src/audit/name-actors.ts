import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { AuditEntry } from "./audit-entry.ts";

type ActorKind = AuditEntry["actor"]["kind"];

/**
 * What people call the actors of these events, by actor id: members, service accounts and API keys that the organization
 * still has. Those who left, jobs and operators are not in it; their id is all there is.
 *
 * @throws RowhouseError FORBIDDEN without audit:read
 */
export async function nameActors<DB, P extends string>(
  tenant: Tenant<DB, P | "audit:read">,
  entries: readonly Pick<AuditEntry, "actor">[],
): Promise<Readonly<Record<string, string>>> {
  tenant.assertCan("audit:read");
  const db = controlPlaneOf(tenant);
  const [users, accounts, keys] = [
    idsOf(entries, "user"),
    idsOf(entries, "service-account"),
    idsOf(entries, "api-key"),
  ];
  const found = await Promise.all([
    users.length === 0
      ? []
      : db.selectFrom("rowhouse.memberships").select(["userId as id", "name"]).where("userId", "in", users).execute(),
    accounts.length === 0
      ? []
      : db.selectFrom("rowhouse.serviceAccounts").select(["id", "name"]).where("id", "in", accounts).execute(),
    keys.length === 0 ? [] : db.selectFrom("rowhouse.apiKeys").select(["id", "name"]).where("id", "in", keys).execute(),
  ]);
  return Object.fromEntries(found.flat().flatMap(({ id, name }) => (name === "" ? [] : [[id, name]])));
}

function idsOf(entries: readonly Pick<AuditEntry, "actor">[], kind: ActorKind): string[] {
  return [...new Set(entries.flatMap(({ actor }) => (actor.kind === kind ? [actor.id] : [])))];
}
