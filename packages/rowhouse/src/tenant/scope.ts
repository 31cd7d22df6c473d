import { RowhouseError } from "../errors.ts";
import { actorId, type Actor } from "./actor.ts";

/** The life of one tenant scope. Handles ask it before each statement. */
export class Scope {
  readonly organizationId: string;
  /** Empty unless a user acts in person. */
  readonly userId: string;
  /** Names the actor. */
  readonly actor: string;
  #open = true;
  #closers: Set<() => Promise<void>> | undefined;

  constructor(organizationId: string, actor: Actor) {
    this.organizationId = organizationId;
    // A key speaks for its holder in one organization, and so does not bring the user whose memberships row security shows.
    this.userId = actor.kind === "user" ? actor.userId : "";
    this.actor = `${actor.kind} ${actorId(actor)}`;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Ends what was left open in the scope; resolves when that is done, and is undefined when nothing was. */
  close(): Promise<unknown> | undefined {
    this.#open = false;
    if (this.#closers === undefined || this.#closers.size === 0) return undefined;
    return Promise.all([...this.#closers].map((close) => close()));
  }

  /** `close` is called at the scope's end, unless the function that this returns was called before. */
  atClose(close: () => Promise<void>): () => void {
    const closers = (this.#closers ??= new Set());
    closers.add(close);
    return () => closers.delete(close);
  }

  /** @throws RowhouseError SCOPE_CLOSED */
  assertOpen(): void {
    if (this.#open) return;
    throw new RowhouseError(
      "SCOPE_CLOSED",
      "The tenant handle was used after its scope had ended. Await everything inside of the scope's function.",
    );
  }
}
