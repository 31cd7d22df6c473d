/** A mail out of an outbox, for one try to send it. */
export interface ClaimedMail {
  readonly recipient: string;
  readonly template: string;
  /** Sealed. */
  readonly data: string;
  /** From 1, with this one. */
  readonly attempts: number;
}

/** A mail's data, opened and checked. */
export interface OpenedMail {
  readonly template: string;
  readonly data: unknown;
  readonly locale: string;
}

/** An outbox that mails are sent from. */
export interface MailStore {
  /** What the data of its mails is sealed to, beside their ids. */
  readonly place: string;
  /**
   * Takes a waiting mail for `leaseSeconds`: nobody else gets it meanwhile. "busy" for one that somebody has or that waits
   * for its next try, "done" for one that was sent, given up or removed.
   */
  claim(id: string, leaseSeconds: number): Promise<ClaimedMail | "busy" | "done">;
  markSent(id: string, mail: OpenedMail): Promise<void>;
  /** With `retryInSeconds` it waits for its next try; with `null` it is given up. */
  markFailed(id: string, failure: { readonly error: string; readonly retryInSeconds: number | null }): Promise<void>;
}
