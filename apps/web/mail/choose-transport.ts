import type { MailTransport } from "rowhouse";
import type { MailSettings } from "./mail-settings.ts";
import { MailboxTransport } from "./mailbox-transport.ts";
import { ResendTransport } from "./resend-transport.ts";
import { SmtpTransport } from "./smtp-transport.ts";

/** How mails leave this process; `undefined` when they do not. */
export function chooseTransport(settings: MailSettings | undefined): MailTransport | undefined {
  switch (settings?.kind) {
    case "smtp":
      return new SmtpTransport(settings);
    case "resend":
      return new ResendTransport(settings);
    case "mailbox":
      return new MailboxTransport();
    case "none":
    case undefined:
      return undefined;
  }
}
