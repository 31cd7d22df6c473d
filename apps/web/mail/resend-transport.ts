import { Resend } from "resend";
import type { MailMessage, MailTransport } from "rowhouse";

interface ResendSettings {
  readonly apiKey: string;
  readonly from: string;
  readonly baseUrl?: string | undefined;
}

/** Hands mails to Resend, which sends one only once however often it gets it. */
export class ResendTransport implements MailTransport {
  readonly #client: Resend;
  readonly #from: string;

  constructor({ apiKey, from, baseUrl }: ResendSettings) {
    this.#client = new Resend(apiKey, baseUrl === undefined ? {} : { baseUrl });
    this.#from = from;
  }

  async send({ id, to, subject, html, text }: MailMessage): Promise<void> {
    const { error } = await this.#client.emails.send(
      { from: this.#from, to: [to], subject, html, text },
      { idempotencyKey: id },
    );
    if (error === null) return;
    const { name, statusCode } = error;
    throw Object.assign(new Error("Resend refused a mail."), { name: "ResendError", code: name, statusCode });
  }
}
