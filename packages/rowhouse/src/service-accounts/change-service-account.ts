import { sql } from "kysely";
import { isRowhouseError, RowhouseError } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { assertMayActOn, assertMayGive } from "../members/role-ceiling.ts";
import { parseReason } from "../members/parse-member-change.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import {
  parseServiceAccountId,
  parseServiceAccountName,
  parseServiceAccountRole,
  serviceAccountNotFound,
} from "./parse-service-account.ts";
import { serviceAccountColumns, type ServiceAccount, type ServiceAccountRole } from "./service-account.ts";

interface ServiceAccountInput {
  readonly serviceAccountId: string;
  readonly reason?: string | undefined;
}

type Change = Partial<Pick<ServiceAccount, "name" | "role" | "status">>;

/** @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT, CONFLICT when the name is taken */
export async function renameServiceAccount<DB, P extends string>(
  tenant: Tenant<DB, P | "service-accounts:update">,
  input: ServiceAccountInput & { readonly name: string },
): Promise<ServiceAccount> {
  tenant.assertCan("service-accounts:update");
  return change(tenant, input, {
    action: "service-account.renamed",
    change: { name: parseServiceAccountName(input.name) },
  });
}

/**
 * Gives it another role, which its keys feel at once.
 *
 * @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT
 */
export async function changeServiceAccountRole<DB, P extends string>(
  tenant: Tenant<DB, P | "service-accounts:update">,
  input: ServiceAccountInput & { readonly role: ServiceAccountRole },
): Promise<ServiceAccount> {
  tenant.assertCan("service-accounts:update");
  const role = parseServiceAccountRole(input.role);
  assertMayGive(tenant, role);
  return change(tenant, input, { action: "service-account.role-changed", change: { role } });
}

/**
 * Takes all power from its keys, without forgetting them.
 *
 * @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT
 */
export async function disableServiceAccount<DB, P extends string>(
  tenant: Tenant<DB, P | "service-accounts:update">,
  input: ServiceAccountInput,
): Promise<ServiceAccount> {
  tenant.assertCan("service-accounts:update");
  return change(tenant, input, { action: "service-account.disabled", change: { status: "disabled" } });
}

/** @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT */
export async function enableServiceAccount<DB, P extends string>(
  tenant: Tenant<DB, P | "service-accounts:update">,
  input: ServiceAccountInput,
): Promise<ServiceAccount> {
  tenant.assertCan("service-accounts:update");
  return change(tenant, input, { action: "service-account.enabled", change: { status: "active" } });
}

async function change<DB, P extends string>(
  tenant: Tenant<DB, P>,
  input: ServiceAccountInput,
  { action, change }: { readonly action: string; readonly change: Change },
): Promise<ServiceAccount> {
  const id = parseServiceAccountId(input.serviceAccountId);
  const reason = parseReason(input.reason);
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const db = controlPlaneOf(within);
    const read = db.selectFrom("rowhouse.serviceAccounts as t").select(serviceAccountColumns);
    const account = await read.where("t.id", "=", id).executeTakeFirst();
    if (account === undefined) throw serviceAccountNotFound();
    assertMayActOn(within.role, account.role);
    // Enabling it gives its role back to whoever holds its keys.
    if (change.status === "active") assertMayGive(within, account.role);
    const before = Object.fromEntries(Object.keys(change).map((key) => [key, account[key as keyof Change]]));
    if (Object.entries(change).every(([key, value]) => before[key] === value)) return account;
    await db
      .updateTable("rowhouse.serviceAccounts")
      .set({ ...change, updatedAt: sql`now()` })
      .where("id", "=", id)
      .execute()
      .catch(nameTaken);
    within.record({ action, target: { kind: "service-account", id }, before, after: change, reason });
    return { ...account, ...change };
  });
}

/** Says which field it is that is taken. */
export function nameTaken(error: unknown): never {
  if (!isRowhouseError(error, "CONFLICT")) throw error;
  throw new RowhouseError("CONFLICT", "Another service account has this name.", {
    cause: error,
    sqlstate: error.sqlstate,
    constraint: error.constraint,
    fields: [{ field: "name", message: "Another service account has this name.", code: "TAKEN" }],
  });
}
