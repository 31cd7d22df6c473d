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

  constructor(organizationId: string, actor: Actor) {
    this.organizationId = organizationId;
    // A key speaks for its holder in one organization, and so does not bring the user whose memberships row security shows.
    this.userId = actor.kind === "user" ? actor.userId : "";
    this.actor = `${actor.kind} ${actorId(actor)}`;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    this.#open = false;
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
