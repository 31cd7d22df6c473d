import { RowhouseError } from "../errors.ts";
import { mostAttempts } from "../jobs/define-jobs.ts";
import { endBefore } from "../jobs/end-before.ts";
import type { OpenedMail } from "./mail-store.ts";
import type { ClaimedMail, MailStore } from "./mail-store.ts";
import type { MailMessage, MailTransport } from "./mail-transport.ts";

/** Makes a mail of a template and its data. Everything in the data was written by somebody: escape it. */
export type MailRenderer = (mail: OpenedMail) => Promise<Pick<MailMessage, "subject" | "html" | "text">>;

/** The part of a `Mail` that opens what it sealed. */
export interface MailOpener {
  open(mail: Pick<ClaimedMail, "template" | "data">, boundTo: readonly [place: string, id: string]): OpenedMail;
}

interface Delivery {
  readonly store: MailStore;
  readonly id: string;
  readonly signal: AbortSignal;
  readonly mail: MailOpener;
  readonly render: MailRenderer;
  readonly transport: MailTransport;
}

/** Longer than any try to send: a mail whose worker died is free again after this. */
const leaseSeconds = 300;
const sendMs = 120_000;

/**
 * One try to send one mail. Nothing is locked while the mail server is waited for: the mail is taken for a while instead, so
 * that two workers at once send it once. If the process dies after the server took the mail and before that was written
 * down, it is sent again, under the same id.
 */
export async function deliverMail(delivery: Delivery): Promise<void> {
  const { store, id } = delivery;
  const claimed = await store.claim(id, leaseSeconds);
  if (claimed === "done") return;
  if (claimed === "busy") throw notSent("another worker has it, or its next try is not due");
  let opened: OpenedMail;
  try {
    opened = await send(delivery, claimed);
  } catch (error) {
    const isOver = claimed.attempts >= mostAttempts;
    const reason = describe(error);
    await store.markFailed(id, { error: reason, retryInSeconds: isOver ? null : waitSeconds(claimed.attempts) });
    if (isOver) return;
    throw notSent(reason);
  }
  await store.markSent(id, opened);
}

async function send(delivery: Delivery, claimed: ClaimedMail): Promise<OpenedMail> {
  const { store, id, signal, mail, render, transport } = delivery;
  const opened = mail.open(claimed, [store.place, id]);
  const { subject, html, text } = await render(opened);
  const message = { id, to: claimed.recipient, subject: oneLine(subject), html, text };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(sendMs)]);
  await endBefore(limit, "Sending a mail", () => transport.send(message, limit));
  return opened;
}

/** As the queue counts it, so that a mail is free when its job comes again. */
function waitSeconds(attempts: number): number {
  return Math.exp(Math.min(attempts, 10));
}

/** Template authors put names into subjects; a line break in one would begin another header. */
function oneLine(subject: string): string {
  return subject
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 200);
}

/**
 * Codes, and no messages: a mail server's words may repeat what was sent to it, and a template's error what was in the
 * mail.
 */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const { code, responseCode, statusCode } = error as Error & Record<string, unknown>;
  const codes = [error.name, code, responseCode, statusCode].filter(
    (one) => (typeof one === "string" || typeof one === "number") && /^\w{1,40}$/.test(String(one)),
  );
  return codes.join(" ");
}

function notSent(reason: string): RowhouseError {
  return new RowhouseError("MAIL_NOT_SENT", `A mail was not sent (${reason}); it is tried again.`);
}
