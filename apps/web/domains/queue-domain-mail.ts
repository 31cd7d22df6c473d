import type { DomainMail } from "rowhouse";
import { queueMail } from "@/mail/queue-mail";
import { webSettings } from "@/settings";
import type { Tenant } from "@/tenancy/tenancy";

/** The token goes into the mail and nowhere else: who has it counts as a reader of the mailbox. */
export async function queueDomainMail(tenant: Tenant, { token, address, domain }: DomainMail): Promise<void> {
  const { slug, name } = tenant.organization;
  const url = new URL(`/${slug}/settings/domains/confirm`, webSettings().publicUrl);
  url.searchParams.set("token", token);
  await queueMail(tenant, {
    to: address,
    template: "domain-verification",
    data: { url: url.href, organizationName: name, domain },
  });
}
