import { createHash } from "node:crypto";
import { splitTable } from "../database/identifier.ts";
import type { PolicyFacts, TableFacts } from "./table-facts.ts";

/** Of each policy of one table, by name, a hash of all that Postgres says of it. */
export type PolicyHashes = Readonly<Record<string, string>>;

/**
 * One line of `rowhouse.policy_manifest`: the policies of a table as the migrations left them. It finds drift, and is no
 * seal: whoever has the owner's rights can change a policy and its line as well.
 */
export interface ManifestLine {
  /** As `schema.table`. */
  readonly name: string;
  readonly policies: PolicyHashes;
  /** Which server printed them, see {@link originQuery}. */
  readonly origin: string;
}

/** One way in which a table's policies are not those of the manifest. */
export interface Drift {
  readonly policy: string;
  readonly change: "added" | "altered" | "dropped";
}

/**
 * What hashes must have in common to be compared: our own way to make them, the server's major version, since each
 * prints expressions in its own way, and the manifest's oid, which a restore from a dump changes: there every expression
 * was read anew, and may be printed differently even by the same version. Null when there is no manifest.
 */
export const originQuery = `select '1/' || pg_catalog.current_setting('server_version_num')::integer / 10000
  || '/' || (
    select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'rowhouse' and c.relname = 'policy_manifest')`;

/** {@link originQuery} by itself. */
export const originStatement = `select (${originQuery}) as origin`;

/** As {@link parseManifestLine} takes it: as text, since the pool changes the case of the keys of an object. */
export const manifestLinesQuery =
  "select pg_catalog.format('%s.%s', table_schema, table_name) as name, policies::text as policies, origin" +
  " from rowhouse.policy_manifest";

export function parseManifestLine(line: Omit<ManifestLine, "policies"> & { readonly policies: string }): ManifestLine {
  return { ...line, policies: JSON.parse(line.policies) as PolicyHashes };
}

export function hashPolicies({ policies }: Pick<TableFacts, "policies">): PolicyHashes {
  return Object.fromEntries(policies.map((policy) => [policy.name, hash(policy)]));
}

export function findDrift(recorded: PolicyHashes, now: PolicyHashes): Drift[] {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(now)])].sort();
  return names.flatMap((policy): Drift[] => {
    if (recorded[policy] === now[policy]) return [];
    if (recorded[policy] === undefined) return [{ policy, change: "added" }];
    return [{ policy, change: now[policy] === undefined ? "dropped" : "altered" }];
  });
}

/** What a migration changed, done to what was recorded: what somebody else had changed before it stays drift. */
export function advance(recorded: PolicyHashes, before: PolicyHashes, after: PolicyHashes): PolicyHashes {
  const changed = new Set(findDrift(before, after).map(({ policy }) => policy));
  const kept = Object.entries(recorded).filter(([policy]) => !changed.has(policy));
  const made = Object.entries(after).filter(([policy]) => changed.has(policy));
  return Object.fromEntries([...kept, ...made].sort());
}

/** `projects` and `public.projects` are one table, and one line. */
export function fullName(name: string): string {
  return Object.values(splitTable(name)).join(".");
}

function hash({ permissive, command, roles, using, check }: PolicyFacts): string {
  return createHash("sha256")
    .update(JSON.stringify([permissive, command, roles, using, check]))
    .digest("hex");
}
