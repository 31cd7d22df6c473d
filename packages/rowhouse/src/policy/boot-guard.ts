import { isRowhouseError, RowhouseError } from "../errors.ts";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import type { ContextSealer } from "../database/context-sealer.ts";
import { canaryTable } from "./canary.ts";
import { floorPolicy, isolationPolicy } from "./canonical-policy.ts";
import type { GuardConnection } from "./guard-connection.ts";
import type { GuardFinding, GuardReport } from "./guard-finding.ts";
import { readGuardFacts, type GuardFacts } from "./guard-facts.ts";
import { judgeDrift } from "./judge-drift.ts";
import { judgeLooks } from "./judge-looks.ts";
import { judgeSealing, type GuardSeal } from "./judge-sealing.ts";
import { isCanonical, isConversionFloor } from "./plan-policies.ts";
import { isSealedFloor } from "./plan-sealing.ts";
import type { RoleFacts } from "./role-facts.ts";
import type { TableFacts } from "./table-facts.ts";
import { tryTables, type Looks } from "./try-tables.ts";

/** What the guard judges, by names in Postgres. */
export interface GuardTables {
  readonly tenant: readonly string[];
  /** Unique keys that hold over all organizations, as somebody decided. */
  readonly sharedKeys: readonly string[];
}

/**
 * Refuses a database that would not hold: asked once before anything is served, as the role that serves.
 *
 * @throws RowhouseError UNSAFE_DATABASE with every finding in its message, one a line
 */
export async function assertSafeDatabase(db: GuardConnection, tables: GuardTables, seal?: GuardSeal): Promise<void> {
  const { findings, uncompared } = await findUnsafe(db, tables, seal);
  if (findings.length > 0) {
    const lines = findings.map(({ object, problem, fix }) => `- ${object}: ${problem} (${fix})`);
    throw new RowhouseError(
      "UNSAFE_DATABASE",
      `The database does not keep tenants apart, by ${lines.length} finding(s):\n${lines.join("\n")}`,
    );
  }
  if (uncompared.length === 0) return;
  process.emitWarning(
    `The policies of ${uncompared.length} table(s) were recorded by another server, before an upgrade or a restore, and ` +
      "cannot be compared with that record; they were judged by rules alone. Run the migrations to record them anew.",
    { type: "RowhouseWarning", code: "POLICIES_NOT_COMPARED" },
  );
}

/** Everything that {@link assertSafeDatabase} objects to, in two round trips. */
export async function findUnsafe(
  db: GuardConnection,
  { tenant, sharedKeys }: GuardTables,
  seal?: GuardSeal,
): Promise<GuardReport> {
  const isolated = [...tenant, canaryTable];
  const facts = await readGuardFacts(db, [...isolated, ...controlPlaneTables.keys()]);
  const tables = facts.tables.slice(0, isolated.length);
  const control = facts.tables.slice(isolated.length);
  const sealing = judgeSealing(tables, seal);
  const { isSealed } = sealing;
  const findings = [
    ...sealing.findings,
    ...judgeRole(facts.role),
    ...tables.flatMap((table) => judgeTable(table, { isSealed, sharedKeys })),
    ...control.flatMap((table) =>
      table.exists ? [...judgeSwitches(table), ...judgeFloor(table, isSealed)] : [missing(table)],
    ),
  ];
  const looks = await look(db, facts, seal?.sealer);
  if ("problem" in looks) return { findings: [...findings, looks], uncompared: [] };
  const drift = judgeDrift({ ...facts, manifest: looks.manifest });
  const isKnown = ({ object, problem }: GuardFinding) =>
    findings.some((finding) => finding.object === object && finding.problem === problem);
  return {
    findings: [...findings, ...drift.findings.filter((finding) => !isKnown(finding)), ...judgeLooks(looks, isSealed)],
    uncompared: drift.uncompared,
  };
}

/** A look that the database refuses altogether is a finding: nothing was proved. */
async function look(
  db: GuardConnection,
  { tables, origin }: GuardFacts,
  sealer: ContextSealer | undefined,
): Promise<Looks | GuardFinding> {
  const there = tables.filter(({ exists }) => exists).map(({ name }) => name);
  try {
    return await tryTables(db, { tables: there, hasManifest: origin !== null, sealer });
  } catch (error) {
    if (!isRowhouseError(error, "ROW_SECURITY")) throw error;
    const said = error.cause instanceof Error ? error.cause.message : error.message;
    return {
      object: "the tenant tables",
      problem: `cannot be tried out: ${said}`,
      fix: "let the runtime role read rowhouse.policy_manifest and use plpgsql",
    };
  }
}

function judgeRole(role: RoleFacts): GuardFinding[] {
  const object = `role ${role.name}`;
  return [
    ...role.powers.map((power) => ({
      object,
      problem: `has or can take ${power}`,
      fix: "connect as the runtime role",
    })),
    ...role.owned.map((table) => ({
      object: table,
      problem: `is owned by ${role.name}`,
      fix: "connect as the runtime role",
    })),
    ...role.truncatable.map((table) => ({
      object: table,
      problem: `${role.name} may TRUNCATE it, which row security does not see`,
      fix: "run the migrations",
    })),
    ...role.unlisted.map((table) => ({
      object: table,
      problem: "has organization_id, is open to the runtime role and is not in the settings",
      fix: "list it under tables.tenant and run the migrations",
    })),
    ...(role.writesManifest
      ? [
          {
            object: "rowhouse.policy_manifest",
            problem: `${role.name} may write what policies are compared with`,
            fix: "run the migrations",
          },
        ]
      : []),
    ...(role.forgesSeals
      ? [
          {
            object: "rowhouse.seal_keys",
            problem: `${role.name} may touch the keys of sealed contexts, or enter organizations without one`,
            fix: "run the migrations, and revoke what was granted by hand",
          },
        ]
      : []),
    ...role.defaults.map((setting) => ({
      object: setting,
      problem: "gives sessions a tenant, or another security setting, that they did not ask for",
      fix: "ALTER ROLE or ALTER DATABASE … RESET it",
    })),
  ];
}

interface Wanted {
  readonly isSealed: boolean;
  readonly sharedKeys: readonly string[];
}

function judgeTable(facts: TableFacts, { isSealed, sharedKeys }: Wanted): GuardFinding[] {
  if (!facts.exists) return [missing(facts)];
  return [...judgeSwitches(facts), ...judgePolicies(facts, isSealed), ...judgeKeys(facts, sharedKeys)];
}

function judgeSwitches({ name, enabled, forced }: TableFacts): GuardFinding[] {
  const fix = "run the migrations";
  if (!enabled) return [{ object: name, problem: "row security is off", fix }];
  return forced ? [] : [{ object: name, problem: "row security is not forced", fix }];
}

/** The new application starts while the old one still runs: that the door is not open to its role is tried, as nobody. */
function judgePolicies({ name, policies }: TableFacts, isSealed: boolean): GuardFinding[] {
  return [isolationPolicy, floorPolicy].flatMap((wanted) => {
    const policy = policies.find((candidate) => candidate.name === wanted);
    if (policy !== undefined && isCanonical(policy, { column: "organization_id", isSealed })) return [];
    const mayHaveDoor = wanted === floorPolicy && policy === undefined && !isSealed;
    if (mayHaveDoor && policies.some((one) => isConversionFloor(one, "organization_id"))) return [];
    return [
      { object: name, problem: `policy ${wanted} is ${policy ? "altered" : "missing"}`, fix: "run the migrations" },
    ];
  });
}

/** The control plane's policies differ from table to table; without a floor one wide policy would open them. */
function judgeFloor({ name, policies }: TableFacts, isSealed: boolean): GuardFinding[] {
  const floor = policies.find((policy) => policy.name === floorPolicy);
  const holds =
    floor?.permissive === false &&
    floor.command === "*" &&
    floor.toPublic &&
    (isSealed
      ? isSealedFloor(floor)
      : [floor.using, floor.check].every((expression) =>
          expression?.includes("current_setting('rowhouse.organization_id'::text, true)"),
        ));
  if (holds) return [];
  return [
    {
      object: name,
      problem: `policy ${floorPolicy} is ${floor ? "altered" : "missing"}`,
      fix: "put it back as the migrations made it",
    },
  ];
}

function judgeKeys({ name, columnNotNull, looseKeys }: TableFacts, sharedKeys: readonly string[]): GuardFinding[] {
  const loose = looseKeys
    .filter((key) => key.kind === "foreign" || !sharedKeys.includes(key.name))
    .map((key) => ({
      object: name,
      problem: `${key.kind} key ${key.name} leaves organization_id out, so it reaches across tenants`,
      fix:
        key.kind === "foreign"
          ? "put organization_id first in it"
          : "put organization_id first in it, or list it under tables.sharedKeys if nobody may have a value twice, as an address",
    }));
  if (columnNotNull) return loose;
  return [...loose, { object: name, problem: "organization_id may be null", fix: "ALTER COLUMN … SET NOT NULL" }];
}

function missing({ name }: TableFacts): GuardFinding {
  return { object: name, problem: "does not exist or cannot be seen", fix: "run the migrations" };
}
