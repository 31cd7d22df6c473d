import { RowhouseError } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { assertMayGive } from "../members/role-ceiling.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { invalidDomain, readDomain, toDomain, type Domain, type DomainMode } from "./domain.ts";

const modes = ["off", "ask", "auto"] as const;
const joinRoles = ["member", "viewer"] as const;

/**
 * Says what people with a verified address at the domain may do, and what they become. Nobody opens the door to a role above
 * their own.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, INVALID_INPUT, CONFLICT for a domain that is not verified
 */
export async function setDomainMode<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:update">,
  input: {
    readonly id: string;
    readonly mode: DomainMode;
    /** Left out: as before. */
    readonly joinRole?: Domain["joinRole"] | undefined;
  },
): Promise<Domain> {
  tenant.assertCan("domains:update");
  const { mode } = input;
  if (!modes.includes(mode)) throw invalidDomain("mode", `Choose one of ${modes.join(", ")}.`, "NOT_A_CHOICE");
  if (input.joinRole !== undefined && !joinRoles.includes(input.joinRole))
    throw invalidDomain("joinRole", `Choose one of ${joinRoles.join(", ")}.`, "NOT_A_CHOICE");
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const row = await readDomain(within, input.id, { lock: true });
    const joinRole = input.joinRole ?? row.joinRole;
    if (mode !== "off") {
      assertMayGive(within, joinRole);
      if (row.status !== "verified") throw notVerified(row.domain);
    }
    if (mode === row.mode && joinRole === row.joinRole) return toDomain(row);
    await controlPlaneOf(within)
      .updateTable("rowhouse.domains")
      .set({ mode, joinRole })
      .where("id", "=", row.id)
      .execute();
    within.record({
      action: "domain.mode-changed",
      target: { kind: "domain", id: row.id },
      before: { mode: row.mode, joinRole: row.joinRole },
      after: { mode, joinRole },
    });
    return toDomain({ ...row, mode, joinRole });
  });
}

function notVerified(domain: string): RowhouseError {
  const message = `Prove ${domain} first: until then nobody can join by it.`;
  return new RowhouseError("CONFLICT", message, { fields: [{ field: "mode", message, code: "NOT_READY" }] });
}
