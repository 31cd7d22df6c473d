import type { GuardFacts } from "./guard-facts.ts";
import type { GuardFinding, GuardReport } from "./guard-finding.ts";
import { findDrift, fullName, hashPolicies, type ManifestLine } from "./policy-manifest.ts";
import type { TableFacts } from "./table-facts.ts";

/**
 * Compares every policy with what the migrations left. Lines of another origin are passed over and named: an upgrade or a
 * restore must not keep an application from starting.
 */
export function judgeDrift({
  tables,
  origin,
  manifest,
}: Pick<GuardFacts, "tables" | "origin"> & { manifest: readonly ManifestLine[] }): GuardReport {
  if (origin === null) return { findings: [noManifest], uncompared: [] };
  const lines = new Map(manifest.map((line) => [line.name, line]));
  const findings: GuardFinding[] = [];
  const uncompared: string[] = [];
  for (const table of tables) {
    if (!table.exists) continue;
    const line = lines.get(fullName(table.name));
    if (line === undefined) findings.push(unrecorded(table));
    else if (line.origin !== origin) uncompared.push(table.name);
    else findings.push(...compare(table, line));
  }
  return { findings, uncompared };
}

const noManifest: GuardFinding = {
  object: "rowhouse.policy_manifest",
  problem: "does not exist or cannot be seen",
  fix: "run the migrations",
};

function unrecorded({ name }: TableFacts): GuardFinding {
  return { object: name, problem: "its policies were never recorded", fix: "run the migrations" };
}

function compare(table: TableFacts, line: ManifestLine): GuardFinding[] {
  return findDrift(line.policies, hashPolicies(table)).map(({ policy, change }) => ({
    object: table.name,
    problem: `policy ${policy} is ${change === "dropped" ? "missing" : change}`,
    fix: "since the last migration: undo it; if it is meant, undo it and make it in a migration",
  }));
}
