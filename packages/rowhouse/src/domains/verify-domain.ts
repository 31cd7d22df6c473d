import { sql } from "kysely";
import { lockMembers } from "../members/lock-members.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { readDomain, recordOf, toDomain, type Domain, type DomainRow } from "./domain.ts";
import { markVerified } from "./mark-verified.ts";
import { askForTxt, txtResolver, type TxtResolver } from "./resolve-txt.ts";

/** What a look into DNS has shown. */
export interface DomainCheck {
  readonly domain: Domain;
  /** `unreachable`: no name server answered, so nothing is known and nothing was changed. */
  readonly outcome: "verified" | "missing" | "unreachable";
  /** Records that are at the name, at most five and cut: a wrong one shows what was mistyped. */
  readonly found: readonly string[];
}

/**
 * Looks for the TXT record of the domain and, when it is there, makes the domain the organization's. DNS is asked before
 * anything is locked.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, CONFLICT when it is proven and another organization has it
 */
export async function verifyDomain<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:update">,
  input: { readonly id: string; readonly resolveTxt?: TxtResolver | undefined },
): Promise<DomainCheck> {
  tenant.assertCan("domains:update");
  const asked = await readDomain(tenant, input.id);
  const { name, value } = recordOf(asked);
  const { records } = await askForTxt(input.resolveTxt ?? txtResolver(), name);
  if (records === undefined) return { domain: toDomain(asked), outcome: "unreachable", found: [] };
  const isProven = records.some((text) => text.trim() === value);
  const found = records.slice(0, 5).map((text) => text.slice(0, 200));
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const row = await readDomain(within, asked.id, { lock: true });
    const after = isProven ? await confirm(within, row) : await miss(within, row);
    return { domain: toDomain(after), outcome: isProven ? "verified" : "missing", found };
  });
}

async function confirm<DB, P extends string>(tenant: Tenant<DB, P>, row: DomainRow): Promise<DomainRow> {
  if (row.status !== "verified" || row.method !== "dns") return markVerified(tenant, row, "dns");
  await controlPlaneOf(tenant)
    .updateTable("rowhouse.domains")
    .set({ checkedAt: sql<Date>`now()`, failingSince: null })
    .where("id", "=", row.id)
    .execute();
  return readDomain(tenant, row.id);
}

/** A domain that was proven by DNS begins to fail; one that was proven by mail never needed the record. */
async function miss<DB, P extends string>(tenant: Tenant<DB, P>, row: DomainRow): Promise<DomainRow> {
  const beginsToFail = row.status === "verified" && row.method === "dns" && row.failingSince === null;
  await controlPlaneOf(tenant)
    .updateTable("rowhouse.domains")
    .set({ checkedAt: sql<Date>`now()`, ...(beginsToFail ? { failingSince: sql<Date>`now()` } : {}) })
    .where("id", "=", row.id)
    .execute();
  if (beginsToFail)
    tenant.record({
      action: "domain.proof-missing",
      target: { kind: "domain", id: row.id },
      after: { domain: row.domain },
    });
  return readDomain(tenant, row.id);
}
