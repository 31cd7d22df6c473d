import { isRowhouseError, RowhouseError } from "../errors.ts";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import { defaultColumn, type ParsedTableSettings } from "../table-settings.ts";
import { canaryTable } from "./canary.ts";
import { floorPolicy } from "./canonical-policy.ts";
import type { GuardConnection } from "./guard-connection.ts";
import type { GuardFinding, GuardReport } from "./guard-finding.ts";
import { readGuardFacts, type GuardFacts } from "./guard-facts.ts";
import { judgeDrift } from "./judge-drift.ts";
import { judgeLooks } from "./judge-looks.ts";
import { judgeSealing, type GuardSeal } from "./judge-sealing.ts";
import { judgeSwitches, judgeTable, missing } from "./judge-table.ts";
import { isSealedFloor } from "./plan-sealing.ts";
import type { RoleFacts } from "./role-facts.ts";
import { fullName } from "./policy-manifest.ts";
import type { TableFacts } from "./table-facts.ts";
import { tryTables, type Looks, type LooksInput } from "./try-tables.ts";

/** What the guard judges, as the settings list it. */
export type GuardTables = Pick<ParsedTableSettings, "tenant" | "sharedKeys"> &
  Partial<Pick<ParsedTableSettings, "mixed" | "unowned" | "column">>;

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
  { tenant, mixed = [], unowned = [], column = defaultColumn, sharedKeys }: GuardTables,
  seal?: GuardSeal,
): Promise<GuardReport> {
  const isolated = [...tenant, ...mixed, canaryTable];
  const facts = await readGuardFacts(db, [...isolated, ...controlPlaneTables.keys()], column);
  const tables = facts.tables.slice(0, isolated.length);
  const control = facts.tables.slice(isolated.length);
  const sealing = judgeSealing(tables, seal);
  const { isSealed } = sealing;
  const findings = [
    ...sealing.findings,
    ...judgeRole(facts.role, column),
    ...tables.flatMap((table) =>
      judgeTable(table, {
        kind: mixed.includes(table.name) ? "mixed" : "tenant",
        form: { column: table.name === canaryTable ? defaultColumn : column, isSealed },
        mayBeNull: unowned.some((name) => fullName(name) === fullName(table.name)),
        sharedKeys,
      }),
    ),
    ...control.flatMap((table) =>
      table.exists ? [...judgeSwitches(table), ...judgeFloor(table, isSealed)] : [missing(table)],
    ),
  ];
  const looks = await look(db, facts, { mixed, column, sealer: seal?.sealer });
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
  { mixed, ...how }: Pick<LooksInput, "column" | "sealer" | "mixed">,
): Promise<Looks | GuardFinding> {
  const there = tables.filter(({ exists }) => exists).map(({ name }) => name);
  const plain = there.filter((name) => !mixed.includes(name));
  try {
    return await tryTables(db, {
      ...how,
      tables: plain,
      mixed: there.filter((name) => mixed.includes(name)),
      hasManifest: origin !== null,
    });
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

function judgeRole(role: RoleFacts, column: string): GuardFinding[] {
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
      problem: `has ${column}, is open to the runtime role and is not in the settings`,
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
