/** Who acts in a tenant scope. */
export type Actor =
  | { readonly kind: "user"; readonly userId: string }
  | { readonly kind: "service-account"; readonly serviceAccountId: string; readonly keyId: string }
  | { readonly kind: "api-key"; readonly keyId: string; readonly userId: string }
  /** A job, and who asked for it: `undefined` when it was the system itself. */
  | { readonly kind: "job"; readonly job: string; readonly requestedBy?: Requester | undefined };

/** Who can ask for a job. */
export type Requester = Exclude<Actor, { readonly kind: "job" }>;

/** One text that names an actor within its kind, as the audit log keeps it. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "service-account":
      return actor.serviceAccountId;
    case "api-key":
      return actor.keyId;
    case "job":
      return actor.job;
  }
}
