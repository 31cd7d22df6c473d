import { RowhouseError } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { assertMayGive } from "../members/role-ceiling.ts";
import type { Actor } from "../tenant/actor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { nameTaken } from "./change-service-account.ts";
import { parseServiceAccountName, parseServiceAccountRole } from "./parse-service-account.ts";
import type { ServiceAccount, ServiceAccountRole } from "./service-account.ts";

/**
 * Makes a service account. Nobody gives a role above their own.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT, CONFLICT when the name is taken
 */
export async function createServiceAccount<DB, P extends string>(
  tenant: Tenant<DB, P | "service-accounts:create">,
  input: { readonly name: string; readonly role: ServiceAccountRole },
): Promise<ServiceAccount> {
  tenant.assertCan("service-accounts:create");
  const name = parseServiceAccountName(input.name);
  const role = parseServiceAccountRole(input.role);
  assertMayGive(tenant, role);
  const createdBy = makerOf(tenant.actor);
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const account = await controlPlaneOf(within)
      .insertInto("rowhouse.serviceAccounts")
      .values({ name, role, createdBy })
      .returning(["id", "name", "role", "status", "createdBy", "createdAt"])
      .executeTakeFirstOrThrow()
      .catch(nameTaken);
    within.record({
      action: "service-account.created",
      target: { kind: "service-account", id: account.id },
      after: { name, role },
    });
    return account;
  });
}

function makerOf(actor: Actor): string {
  if (actor.kind === "service-account") return actor.serviceAccountId;
  if ("userId" in actor) return actor.userId;
  throw new RowhouseError("FORBIDDEN", "A job cannot make service accounts: nobody would answer for them.");
}
