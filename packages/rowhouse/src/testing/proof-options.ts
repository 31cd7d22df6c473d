import type { SendRequest } from "./exchange.ts";
import type { Value } from "./known-values.ts";
import type { Party } from "./party.ts";

/** What may differ for one request: ids made for it, or a session or place that was mended. */
export type Prepared = Partial<Pick<Party, "ids" | "organization" | "headers">>;

export interface ProofOptions {
  /** The application's OpenAPI 3.x document, parsed. */
  readonly document: unknown;
  /** Asks the application: `(url, init) => app.request(url, init)`, `(url, init) => fetch(base + url, init)`. */
  readonly request: SendRequest;
  readonly attacker: Party;
  readonly victim: Party;
  /** Anything that changes when data of the victim's does; for Postgres see `fingerprintOf`. */
  readonly fingerprint: () => Promise<unknown>;
  /**
   * Operations that cannot be exercised, or whose answers are everybody's, by their name (`GET /health`), each with the reason.
   * They are tried all the same: what changes or shows the victim's data is a crossing in spite of it, and an
   * exemption that was not needed is reported.
   */
  readonly exempt?: Readonly<Record<string, string>> | undefined;
  /** Bodies that cannot be guessed from their schema, by operation: the body, or a function that makes one ({@link BodyMaker}). */
  readonly bodies?: Readonly<Record<string, unknown>> | undefined;
  /** Values of the query, by operation. */
  readonly queries?: Readonly<Record<string, Readonly<Record<string, Value>>>> | undefined;
  /**
   * Runs before each request that may change something of the one who sends it: to make a thing that may be deleted, to mend
   * what the request before it did. What it returns goes before what was harvested.
   */
  readonly prepare?:
    ((doing: { operation: string; as: "attacker" | "victim" }) => Promise<Prepared | undefined>) | undefined;
}
