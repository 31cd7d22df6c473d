import type { GuardFinding } from "./guard-finding.ts";
import type { TableFacts } from "./table-facts.ts";
import { hasDoor, isAsWanted, wantedPolicies, type PolicyForm, type TableKind } from "./table-policies.ts";

export interface WantedTable {
  readonly kind: TableKind;
  readonly form: PolicyForm;
  /** Rows of nobody were left in it, and the settings say so. */
  readonly mayBeNull: boolean;
  readonly sharedKeys: readonly string[];
}

/** What the boot guard objects to in a table of organizations' rows. */
export function judgeTable(facts: TableFacts, wanted: WantedTable): GuardFinding[] {
  if (!facts.exists) return [missing(facts)];
  return [...judgeSwitches(facts), ...judgePolicies(facts, wanted), ...judgeKeys(facts, wanted)];
}

export function judgeSwitches({ name, enabled, forced }: TableFacts): GuardFinding[] {
  const fix = "run the migrations";
  if (!enabled) return [{ object: name, problem: "row security is off", fix }];
  return forced ? [] : [{ object: name, problem: "row security is not forced", fix }];
}

function judgePolicies({ name, policies }: TableFacts, { kind, form }: WantedTable): GuardFinding[] {
  return wantedPolicies(kind, form).flatMap((wanted) => {
    const policy = policies.find((candidate) => candidate.name === wanted.name);
    if (policy !== undefined && isAsWanted(policy, wanted)) return [];
    if (policy === undefined && hasDoor(policies, wanted, { kind, form })) return [];
    const problem = `policy ${wanted.name} is ${policy ? "altered" : "missing"}`;
    return [{ object: name, problem, fix: "run the migrations" }];
  });
}

function judgeKeys(
  { name, columnNotNull, looseKeys }: TableFacts,
  { kind, form: { column }, mayBeNull, sharedKeys }: WantedTable,
): GuardFinding[] {
  const loose = looseKeys
    .filter((key) => key.kind === "foreign" || !sharedKeys.includes(key.name))
    .map((key) => ({
      object: name,
      problem: `${key.kind} key ${key.name} leaves ${column} out, so it reaches across tenants`,
      fix:
        key.kind === "foreign"
          ? `put ${column} first in it; where it leads to a mixed table, run the migrations`
          : `put ${column} first in it, or list it under tables.sharedKeys if nobody may have a value twice, as an address`,
    }));
  if (columnNotNull || mayBeNull || kind === "mixed") return loose;
  const fix =
    "ALTER COLUMN … SET NOT NULL, or list the table under tables.unowned or tables.mixed as its rows of nobody are meant";
  return [...loose, { object: name, problem: `${column} may be null`, fix }];
}

export function missing({ name }: TableFacts): GuardFinding {
  return { object: name, problem: "does not exist or cannot be seen", fix: "run the migrations" };
}
