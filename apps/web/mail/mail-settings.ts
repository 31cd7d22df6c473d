import { z } from "zod";
import { isLoopback } from "./is-loopback.ts";

/** What of the environment says how mail goes out. */
export const mailShape = {
  /** A mail server, as `smtp://user:password@mail.example.com:587`, or `smtps://…:465`. */
  MAIL_URL: z.url({ protocol: /^smtps?$/, error: "must be smtp://user:password@host:587 or smtps://…:465" }).optional(),
  /** Sends by Resend instead. */
  RESEND_API_KEY: z.string().min(1).optional(),
  /** Who the mails are from, as `Rowhouse <hello@example.com>`. Needed with either. */
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\p{C}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, "must be an address, or Name <address>")
    .optional(),
} as const;

/** How mail goes out. "mailbox" shows it at /mailbox and sends nothing; with "none" it waits. */
export type MailSettings =
  | { readonly kind: "smtp"; readonly url: string; readonly from: string }
  | { readonly kind: "resend"; readonly apiKey: string; readonly from: string; readonly baseUrl?: string | undefined }
  | { readonly kind: "mailbox" }
  | { readonly kind: "none" };

interface MailEnvironment {
  readonly MAIL_URL?: string | undefined;
  readonly RESEND_API_KEY?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
}

/**
 * The mailbox shows links that open accounts, to anybody who reaches the page: only on the machine itself.
 *
 * @throws TypeError for settings that contradict each other
 */
export function mailSettingsOf(
  { MAIL_URL: url, RESEND_API_KEY: apiKey, MAIL_FROM: from }: MailEnvironment,
  place: { readonly publicUrl: string; readonly host: string | undefined },
): MailSettings {
  if (url !== undefined && apiKey !== undefined) {
    throw new TypeError("Mail can go one way only. Set MAIL_URL or RESEND_API_KEY, not both.");
  }
  if (url === undefined && apiKey === undefined) {
    if (from !== undefined) throw new TypeError("MAIL_FROM alone sends nothing. Set MAIL_URL or RESEND_API_KEY too.");
    const isAtHome = isLoopback(place.host ?? "") && isLoopback(new URL(place.publicUrl).hostname);
    return { kind: isAtHome ? "mailbox" : "none" };
  }
  if (from === undefined) throw new TypeError("Mail needs a sender. Set MAIL_FROM, as Rowhouse <hello@example.com>.");
  if (url !== undefined) return { kind: "smtp", url, from };
  return { kind: "resend", apiKey: apiKey ?? "", from };
}
