import { createTransport } from "nodemailer";
import type { MailMessage, MailTransport } from "rowhouse";

/** Hands mails to a mail server. A connection a mail: one that broke cannot be met again. */
export class SmtpTransport implements MailTransport {
  readonly #url: URL;
  readonly #from: string;

  constructor({ url, from }: { readonly url: string; readonly from: string }) {
    this.#url = new URL(url);
    this.#from = from;
  }

  async send({ id, to, subject, html, text }: MailMessage, signal: AbortSignal): Promise<void> {
    const server = createTransport(connectionTo(this.#url));
    const close = (): void => server.close();
    signal.addEventListener("abort", close, { once: true });
    try {
      await server.sendMail({
        from: this.#from,
        // As an object, so that nothing in it is read as a list or a name.
        to: { name: "", address: to },
        subject,
        html,
        text,
        messageId: `<${id}@${domainOf(this.#from)}>`,
        headers: { "Auto-Submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } finally {
      signal.removeEventListener("abort", close);
      server.close();
    }
  }
}

function connectionTo(url: URL) {
  const { username, password, hostname, port, protocol } = url;
  const secure = protocol === "smtps:";
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password never goes over a line that anybody can read.
    ...(username === "" ? {} : { auth, requireTLS: !secure }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
  };
}

function domainOf(from: string): string {
  return /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? "localhost";
}
