import { randomBytes } from "node:crypto";
import { isRowhouseError, RowhouseError, type FieldErrorCode } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { readDomain, toDomain, type Domain } from "./domain.ts";
import { parseNewDomain } from "./parse-new-domain.ts";

/** How many domains an organization may hold, proven or not. */
export const mostDomains = 20;

/**
 * Says that a domain is the organization's. It means nothing until it is proven, and whether another organization has it shows
 * only then: nobody learns who uses the service by adding names.
 *
 * @throws RowhouseError FORBIDDEN (also for a personal workspace), INVALID_INPUT, CONFLICT when it is here already
 */
export async function addDomain<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:update">,
  input: { readonly domain: string },
): Promise<Domain> {
  tenant.assertCan("domains:update");
  const domain = await parseNewDomain(input.domain);
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    await assertRoom(within);
    const id = await insert(within, domain);
    within.record({ action: "domain.added", target: { kind: "domain", id }, after: { domain } });
    return toDomain(await readDomain(within, id));
  });
}

async function assertRoom<DB, P extends string>(tenant: Tenant<DB, P>): Promise<void> {
  const db = controlPlaneOf(tenant);
  const { isPersonal } = await db.selectFrom("rowhouse.organizations").select("isPersonal").executeTakeFirstOrThrow();
  if (isPersonal)
    throw new RowhouseError("FORBIDDEN", "A personal workspace has one member, so nobody can join it by a domain.");
  const { count } = await db
    .selectFrom("rowhouse.domains")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  if (Number(count) >= mostDomains)
    throw conflict(`An organization can have ${mostDomains} domains. Remove one first.`, "TOO_MANY");
}

async function insert<DB, P extends string>(tenant: Tenant<DB, P>, domain: string): Promise<string> {
  try {
    const { id } = await controlPlaneOf(tenant)
      .insertInto("rowhouse.domains")
      .values({ domain, token: randomBytes(24).toString("base64url") })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  } catch (error) {
    throw isRowhouseError(error, "CONFLICT") ? conflict(`${domain} is in the list already.`, "TAKEN", error) : error;
  }
}

function conflict(message: string, code: FieldErrorCode, cause?: unknown): RowhouseError {
  return new RowhouseError("CONFLICT", message, { cause, fields: [{ field: "domain", message, code }] });
}
