import { listMembers, listServiceAccounts } from "rowhouse";
import type { Tenant } from "@/tenancy/tenancy";
import type { AuditActor } from "./audit-filter-bar";

/** As many as a list to choose from bears; anybody else is reached by their events. */
const most = 100;

/** Whose events can be asked for by name. Whoever is asked for now is among them, also when they have left. */
export async function listActors(
  tenant: Tenant,
  chosen: { readonly id: string; readonly name: string | undefined },
): Promise<AuditActor[]> {
  const [members, accounts] = await Promise.all([
    tenant.can("members:read") ? listMembers(tenant, { limit: most }) : undefined,
    tenant.can("service-accounts:read") ? listServiceAccounts(tenant, { limit: most }) : undefined,
  ]);
  const people = (members?.items ?? []).map(({ userId, name, email }) => ({ id: userId, name: name || email }));
  const machines = (accounts?.items ?? []).map(({ id, name }) => ({ id, name }));
  const actors = [...people, ...machines].filter(({ name }) => name !== "");
  if (chosen.id === "" || actors.some(({ id }) => id === chosen.id)) return actors;
  return [{ id: chosen.id, name: chosen.name ?? chosen.id }, ...actors];
}
