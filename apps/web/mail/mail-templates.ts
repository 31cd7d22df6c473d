import { roles } from "rowhouse";
import { z } from "zod";

/** What somebody wrote: cut to a length that a mail can bear, without what could break a line. */
const words = z.string().transform((text) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 200));
const link = z.url({ protocol: /^https?$/ });
const day = z.coerce.date<Date | string>();
const role = z.enum(roles);

/** What each mail needs to be written. */
export const mailTemplates = {
  invitation: z.object({
    /** Once the mail is sent the invitation is marked so. */
    invitationId: z.uuid(),
    url: link,
    organizationName: words,
    inviterName: words,
    role,
    expiresAt: day,
  }),
  "role-changed": z.object({ organizationName: words, role, actorName: words }),
  removed: z.object({ organizationName: words }),
  "verify-address": z.object({ url: link }),
  "reset-password": z.object({ url: link }),
  /** The link is the way to get the account back. */
  "password-changed": z.object({ url: link }),
  "domain-verification": z.object({ url: link, organizationName: words, domain: words }),
  /** The organization is deleted on a day, until which it can be kept. */
  "organization-deletion": z.object({ organizationName: words, actorName: words, deletedOn: day, url: link }),
} as const;

export type MailTemplate = keyof typeof mailTemplates;

/** As it is given to `queueMail`. */
export type MailData = { [Name in MailTemplate]: z.input<(typeof mailTemplates)[Name]> };

/** As a template gets it. */
export type ReadMailData = { [Name in MailTemplate]: z.output<(typeof mailTemplates)[Name]> };
