import { RowhouseError } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { domainColumns, toDomain, type Domain } from "./domain.ts";
import { hashDomainToken, unknownDomainToken } from "./domain-token.ts";
import { markVerified } from "./mark-verified.ts";

/**
 * Ends a proof by mail. It takes a member who may change domains, and the token from the mailbox: a stranger who reads
 * `admin@` and follows the link, or a scanner of mails that does, proves nothing for anybody.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND for an unknown or used token, GONE after 24 hours, CONFLICT when another
 *   organization has the domain
 */
export async function confirmDomainMail<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:update">,
  input: { readonly token: string },
): Promise<Domain> {
  tenant.assertCan("domains:update");
  const hash = hashDomainToken(input.token);
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const found = await controlPlaneOf(within)
      .selectFrom("rowhouse.domains as t")
      .select(domainColumns)
      .select(({ eb, fn }) => eb("t.mailExpiresAt", "<=", fn<Date>("now")).as("isPast"))
      .where("t.mailTokenHash", "=", hash)
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined) throw unknownDomainToken();
    if (found.isPast === true) throw new RowhouseError("GONE", "This link held for 24 hours. Ask for a new mail.");
    return toDomain(await markVerified(within, found, "email"));
  });
}
