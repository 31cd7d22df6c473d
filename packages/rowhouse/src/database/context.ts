/** What row security reads: one organization and one user, or empty strings for none. Transaction-local, always. */
export interface Context {
  readonly organizationId: string;
  readonly userId: string;
  /** Who acts and with which role; sealed with the rest, for policies of the application's own. */
  readonly actor?: string | undefined;
  readonly role?: string | undefined;
  /** The domain of an address that was verified, for somebody who is no member yet. */
  readonly addressDomain?: string | undefined;
}

export const noContext: Context = Object.freeze({ organizationId: "", userId: "" });

/** What every statement of a handle is bound to. */
export interface Binding {
  readonly context: Context;
  readonly signal?: AbortSignal | undefined;
  /** Throws when the handle may not be used any more. Asked before each statement, and before each connection. */
  readonly assertOpen: () => void;
}

/** For what stands outside of every handle. */
export const noBinding: Binding = Object.freeze({ context: noContext, assertOpen: () => undefined });
