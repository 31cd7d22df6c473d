import { sql } from "kysely";
import { isRowhouseError, RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { readDomain, type DomainRow } from "./domain.ts";

/**
 * Writes down that the organization has shown control of the domain.
 *
 * @throws RowhouseError CONFLICT when another organization has it; told to nobody who has not proven it
 */
export async function markVerified<DB, P extends string>(
  tenant: Tenant<DB, P>,
  { id, domain, status }: DomainRow,
  method: "dns" | "email",
): Promise<DomainRow> {
  const now = sql<Date>`now()`;
  const mailEnds = method === "email" ? { mailTokenHash: null, mailAddress: null, mailExpiresAt: null } : {};
  try {
    await controlPlaneOf(tenant)
      .updateTable("rowhouse.domains")
      .set({ status: "verified", method, verifiedAt: now, checkedAt: now, failingSince: null, ...mailEnds })
      .where("id", "=", id)
      .execute();
  } catch (error) {
    throw isRowhouseError(error, "CONFLICT") ? belongsToAnother(domain, error) : error;
  }
  tenant.record({
    action: "domain.verified",
    target: { kind: "domain", id },
    before: { status },
    after: { status: "verified", method, domain },
  });
  return readDomain(tenant, id);
}

function belongsToAnother(domain: string, cause: unknown): RowhouseError {
  const message = `Another organization has proven ${domain}. It has to give the domain up there first.`;
  return new RowhouseError("CONFLICT", message, { cause, fields: [{ field: "domain", message, code: "TAKEN" }] });
}
