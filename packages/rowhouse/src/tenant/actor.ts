/** Who acts in a tenant scope. */
export type Actor =
  | { readonly kind: "user"; readonly userId: string }
  | { readonly kind: "service-account"; readonly serviceAccountId: string; readonly keyId: string }
  | { readonly kind: "api-key"; readonly keyId: string; readonly userId: string }
  | { readonly kind: "job"; readonly job: string };

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
