import { lockMembers } from "../members/lock-members.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { readDomain } from "./domain.ts";

/**
 * Gives a domain up. Who came by it stays; from now on another organization can prove it.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND
 */
export async function removeDomain<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:update">,
  input: { readonly id: string },
): Promise<void> {
  tenant.assertCan("domains:update");
  await tenant.transaction(async (within) => {
    await lockMembers(within);
    const { id, domain, status, mode } = await readDomain(within, input.id, { lock: true });
    await controlPlaneOf(within).deleteFrom("rowhouse.domains").where("id", "=", id).execute();
    within.record({ action: "domain.removed", target: { kind: "domain", id }, before: { domain, status, mode } });
  });
}
