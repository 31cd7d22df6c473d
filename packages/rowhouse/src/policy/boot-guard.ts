import { isRowhouseError, RowhouseError } from "../errors.ts";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import { quoteTable } from "../database/identifier.ts";
import { floorPolicy, isolationPolicy } from "./canonical-policy.ts";
import { isCanonical } from "./plan-policies.ts";
import { readRoleFacts, type RoleFacts } from "./role-facts.ts";
import { readTableFacts, type Queryable, type TableFacts } from "./table-facts.ts";

/** One way in which the database does not protect its tenants. */
export interface GuardFinding {
  /** A table or role. */
  readonly object: string;
  readonly problem: string;
  readonly fix: string;
}

/**
 * Refuses a database that would not hold: asked once before anything is served, as the role that serves.
 *
 * @throws RowhouseError UNSAFE_DATABASE with every finding in its message
 */
export async function assertSafeDatabase(db: Queryable, tenantTables: readonly string[]): Promise<void> {
  const findings = await findUnsafe(db, tenantTables);
  if (findings.length === 0) return;
  const lines = findings.map(({ object, problem, fix }) => `${object}: ${problem} (${fix})`);
  throw new RowhouseError("UNSAFE_DATABASE", `The database does not keep tenants apart. ${lines.join("; ")}.`);
}

/** Everything that {@link assertSafeDatabase} objects to. */
export async function findUnsafe(db: Queryable, tenantTables: readonly string[]): Promise<GuardFinding[]> {
  const role = await readRoleFacts(db, tenantTables);
  const tables = await readTableFacts(db, tenantTables);
  const control = await readTableFacts(db, [...controlPlaneTables.keys()]);
  const findings = [
    ...judgeRole(role),
    ...tables.flatMap(judgeTable),
    ...control.flatMap((facts) => (facts.exists ? [...judgeSwitches(facts), ...judgeFloor(facts)] : [missing(facts)])),
  ];
  // The probe is the only finding that a wrong rule of ours cannot hide; it needs tables that can be read.
  if (![...tables, ...control].every(({ exists }) => exists)) return findings;
  return [...findings, ...(await probe(db, [...tenantTables, ...controlPlaneTables.keys()]))];
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
    ...role.defaults.map((setting) => ({
      object: setting,
      problem: "gives sessions a tenant, or another security setting, that they did not ask for",
      fix: "ALTER ROLE or ALTER DATABASE … RESET it",
    })),
  ];
}

function judgeTable(facts: TableFacts): GuardFinding[] {
  if (!facts.exists) return [missing(facts)];
  return [...judgeSwitches(facts), ...judgePolicies(facts), ...judgeKeys(facts)];
}

function judgeSwitches({ name, enabled, forced }: TableFacts): GuardFinding[] {
  const fix = "run the migrations";
  if (!enabled) return [{ object: name, problem: "row security is off", fix }];
  return forced ? [] : [{ object: name, problem: "row security is not forced", fix }];
}

function judgePolicies({ name, policies }: TableFacts): GuardFinding[] {
  return [isolationPolicy, floorPolicy].flatMap((wanted) => {
    const policy = policies.find((candidate) => candidate.name === wanted);
    if (policy !== undefined && isCanonical(policy, "organization_id")) return [];
    return [
      { object: name, problem: `policy ${wanted} is ${policy ? "altered" : "missing"}`, fix: "run the migrations" },
    ];
  });
}

/** The control plane's policies differ from table to table; without a floor one wide policy would open them. */
function judgeFloor({ name, policies }: TableFacts): GuardFinding[] {
  const floor = policies.find((policy) => policy.name === floorPolicy);
  const holds =
    floor?.permissive === false &&
    floor.command === "*" &&
    floor.toPublic &&
    [floor.using, floor.check].every((expression) =>
      expression?.includes("current_setting('rowhouse.organization_id'::text, true)"),
    );
  if (holds) return [];
  return [
    {
      object: name,
      problem: `policy ${floorPolicy} is ${floor ? "altered" : "missing"}`,
      fix: "put it back as the migrations made it",
    },
  ];
}

function judgeKeys({ name, columnNotNull, looseKeys }: TableFacts): GuardFinding[] {
  const loose = looseKeys.map((key) => ({
    object: name,
    problem: `${key.kind} key ${key.name} does not begin with organization_id, so it reaches across tenants`,
    fix: "put organization_id first in it",
  }));
  if (columnNotNull) return loose;
  return [...loose, { object: name, problem: "organization_id may be null", fix: "ALTER COLUMN … SET NOT NULL" }];
}

function missing({ name }: TableFacts): GuardFinding {
  return { object: name, problem: "does not exist or cannot be seen", fix: "run the migrations" };
}

/** Without a tenant nothing may be visible. A probe that the database refuses to run is a finding: it proves nothing. */
async function probe(db: Queryable, tables: readonly string[]): Promise<GuardFinding[]> {
  const parts = tables.map(
    (name, index) => `select ${index} as "index" where exists (select from ${quoteTable(name)})`,
  );
  try {
    const { rows } = await db.query<{ index: number }>(parts.join(" union all "), []);
    return rows.map(({ index }) => ({
      object: tables[index] ?? "",
      problem: "shows rows to a session without a tenant",
      fix: "look for a policy or role that goes around tenant_floor",
    }));
  } catch (error) {
    if (!isRowhouseError(error, "ROW_SECURITY")) throw error;
    const said = error.cause instanceof Error ? error.cause.message : error.message;
    return [
      {
        object: "the tenant tables",
        problem: `cannot be tried out: ${said}`,
        fix: "run the migrations and mend what else is found",
      },
    ];
  }
}
