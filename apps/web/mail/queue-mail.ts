import type { MailInput } from "rowhouse";
import type { Tenant } from "../tenancy/tenancy.ts";
import { mail } from "./mail.ts";
import type { MailData } from "./mail-templates.ts";

/**
 * Queues a mail with the tenant's transaction: `queueMail(within, { to, template: "removed", data: { organizationName } })`.
 *
 * @throws RowhouseError INVALID_INPUT for an address that is none
 */
export async function queueMail(tenant: Tenant, input: MailInput<MailData>): Promise<void> {
  await mail().queue(tenant, input);
}
