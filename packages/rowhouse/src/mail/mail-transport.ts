/** A mail that is ready to go out. */
export interface MailMessage {
  /** The same for every try to send it: what a service that knows keys uses to send it once. */
  readonly id: string;
  readonly to: string;
  /** One line. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What hands mails over to a mail server or a service. */
export interface MailTransport {
  /** Settles when the mail was taken; throws when it was not. Ends early when the signal fires. */
  send(message: MailMessage, signal: AbortSignal): Promise<void>;
}
