import type { Drafting } from "./draft.ts";
import type { ProofOptions } from "./proof-options.ts";
import type { Proof } from "./proof.ts";
import { readOperations } from "./read-operations.ts";
import { ProofRun } from "./proof-run.ts";

/**
 * Tries to reach, through every operation of an OpenAPI document, what belongs to another organization.
 *
 *     const proof = await proveIsolation({
 *       document, request: (url, init) => app.request(url, init),
 *       attacker: { headers: { cookie: ada }, organization: { orgSlug: "acme" } },
 *       victim: { headers: { cookie: grace }, organization: { orgSlug: "globex" }, secrets: ["Secret plan"] },
 *       fingerprint: () => fingerprintOf(admin, { organization: globexId }),
 *     });
 *     assertIsolated(proof);
 *
 * First both parties ask every GET, and their ids are taken from the answers. Then the attacker asks each operation with the
 * victim's ids in the path, in the query and in the body, one at a time, under its own organization and under the
 * victim's. Right is 404 or 403, the same as for an id that does not exist, with the victim's data as it was and nothing of it in
 * the answer. At last the victim does each operation itself: where that fails, the refusals before it prove nothing.
 *
 * Run it on a database that may be spoilt: operations that succeed do what they do.
 *
 * @throws TypeError for a document that is none, and when the parties can prove nothing (not signed in, no secret shown)
 */
export async function proveIsolation(options: ProofOptions): Promise<Proof> {
  const api = readOperations(options.document);
  const { bodies = {}, queries = {}, exempt = {} } = options;
  const known = new Set(api.operations.map(({ key }) => key));
  const unknown = [...Object.keys(bodies), ...Object.keys(queries), ...Object.keys(exempt)].filter(
    (key) => !known.has(key),
  );
  if (unknown.length > 0) {
    throw new TypeError(
      `The document has no operation ${unknown.join(", ")}. Name operations as it does: \`GET /projects/{id}\`.`,
    );
  }
  const drafting: Drafting = { api, bodies, queries };
  return new ProofRun(options, drafting).run();
}
