import { validate as isUuid } from "uuid";
import { memberColumns, type Member } from "../members/member.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";

/** A member, for whoever may change one: a key need not be allowed to read the list as well. */
export async function readMember(tenant: Tenant<unknown>, userId: string): Promise<Member | undefined> {
  if (!isUuid(userId)) return undefined;
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.memberships as t").select(memberColumns);
  return query.where("t.userId", "=", userId).executeTakeFirst();
}

/** What people call whoever acts; empty where nobody knows. */
export async function readActorName(tenant: Tenant<unknown>): Promise<string> {
  const { actor } = tenant;
  const db = controlPlaneOf(tenant);
  if (actor.kind === "service-account") {
    const account = db.selectFrom("rowhouse.serviceAccounts").select("name").where("id", "=", actor.serviceAccountId);
    return (await account.executeTakeFirst())?.name ?? "";
  }
  if (!("userId" in actor)) return "";
  return (await readMember(tenant, actor.userId))?.name ?? "";
}
