import { defineMail, type Mail } from "rowhouse";
import { webSettings } from "../settings.ts";
import { mailTemplates, type MailData } from "./mail-templates.ts";

/** One per process, also when the bundler loads this module more than once. */
const globals = globalThis as typeof globalThis & { rowhouseMail?: Mail<MailData> };

/** The product's mails. Writes them; `delivery` sends them. */
export function mail(): Mail<MailData> {
  return (globals.rowhouseMail ??= defineMail<MailData>({ secret: webSettings().secret, templates: mailTemplates }));
}
