import { sql } from "kysely";
import { RowhouseError } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { invalidDomain, readDomain } from "./domain.ts";
import { hashDomainToken, newDomainToken } from "./domain-token.ts";

/** Mailboxes that belong to whoever runs a domain. */
export const domainMailboxes = ["admin", "administrator", "hostmaster", "postmaster", "webmaster"] as const;

export type DomainMailbox = (typeof domainMailboxes)[number];

/** Strangers read that mailbox: nobody floods it. */
const mostMailsADay = 10;

export interface DomainMail {
  /**
   * For the link in the mail, and for nothing else: whoever gives it back counts as a reader of the mailbox. Never show it
   * to the person who asked for the mail.
   */
  readonly token: string;
  readonly address: string;
  readonly domain: string;
  readonly expiresAt: Date;
}

/**
 * Begins a proof by mail, good for 24 hours and one use; the one before ends. The caller queues the mail in the same
 * transaction.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, INVALID_INPUT, TOO_MANY_REQUESTS after ten a day
 */
export async function requestDomainMail<DB, P extends string>(
  tenant: Tenant<DB, P | "domains:update">,
  input: { readonly id: string; readonly mailbox: DomainMailbox },
): Promise<DomainMail> {
  tenant.assertCan("domains:update");
  if (!domainMailboxes.includes(input.mailbox))
    throw invalidDomain("mailbox", `Choose one of ${domainMailboxes.join(", ")}.`, "NOT_A_CHOICE");
  const token = newDomainToken();
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const { id, domain } = await readDomain(within, input.id, { lock: true });
    await assertNotTooMany(within);
    const address = `${input.mailbox}@${domain}`;
    await controlPlaneOf(within)
      .updateTable("rowhouse.domains")
      .set({
        mailTokenHash: hashDomainToken(token),
        mailAddress: address,
        mailExpiresAt: sql<Date>`now() + interval '24 hours'`,
      })
      .where("id", "=", id)
      .execute();
    within.record({ action: "domain.mail-requested", target: { kind: "domain", id }, after: { address } });
    const { mailExpiresAt } = await readDomain(within, id);
    return { token, address, domain, expiresAt: mailExpiresAt ?? new Date() };
  });
}

/** Counted in the audit log, so that removing a domain and adding it again does not begin anew. */
async function assertNotTooMany<DB, P extends string>(tenant: Tenant<DB, P>): Promise<void> {
  const { count } = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.auditEvents")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("action", "=", "domain.mail-requested")
    .where("occurredAt", ">", sql<Date>`now() - interval '24 hours'`)
    .executeTakeFirstOrThrow();
  if (Number(count) < mostMailsADay) return;
  throw new RowhouseError("TOO_MANY_REQUESTS", `An organization sends ${mostMailsADay} such mails a day. Try DNS.`);
}
