import type { Value } from "./known-values.ts";

/** One of two signed-in people, each in an organization that the other has no part in. */
export interface Party {
  /** How it is signed in: `{ cookie }`, `{ authorization }`. Sent with whatever it asks, and never shown. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * How addresses name its organization, by the name of the parameter: `{ orgSlug: "acme", "X-Organization": "acme" }`.
   * Each name is also smuggled into queries and bodies that do not document it, so put the organization's id in too:
   * `{ organizationId }`.
   */
  readonly organization: Readonly<Record<string, Value>>;
  /** Where the organization is a subdomain: `https://acme.example.com`, put before each path. */
  readonly origin?: string | undefined;
  /** Headers that name its organization and that the document does not know: `{ "x-tenant": "acme" }`. */
  readonly organizationHeaders?: Readonly<Record<string, string>> | undefined;
  /** Ids that no answer shows, by the name of the parameter. */
  readonly ids?: Readonly<Record<string, Value>> | undefined;
  /**
   * Texts that only this party may ever read: names of its things, addresses of its members. One at least for the
   * victim: what a list of everything shows to both looks like what is everybody's.
   */
  readonly secrets?: readonly string[] | undefined;
}
