import { RowhouseError } from "rowhouse";
import type pg from "pg";
import { hiddenTables } from "../catalog/hidden-tables.ts";
import { readCatalog } from "../catalog/read-catalog.ts";
import type { Catalog, Table } from "../catalog/catalog.ts";
import { classifyTables, type Classified } from "../classify/classify-tables.ts";
import { edgesOfKeys, type Edge } from "../classify/edge.ts";
import { comparisonId, noEvidence, type Comparison, type Evidence, type TableSample } from "../classify/evidence.ts";
import { isTyped } from "../classify/find-polymorphic.ts";
import { findTeams } from "../classify/find-teams.ts";
import { findUsers, plannedUsers } from "../classify/find-users.ts";
import { edgesOfRelations, guessEdges } from "../classify/guess-edges.ts";
import { ownerSql, type Followed } from "../classify/owner-sql.ts";
import { readAgreements, readSample, sampleSettings } from "../classify/read-evidence.ts";
import { trustOf, type Situation } from "../classify/situation.ts";
import { columnsText } from "../classify/way.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { assertKnownColumns } from "../orm/assert-known-columns.ts";
import { assertKnownTables } from "../orm/assert-known-tables.ts";
import type { OrmRelation } from "../orm/orm-relation.ts";
import type { Derivation, Plan } from "../plan.ts";
import { assertApplicationRole, assertStripeCustomer } from "./assert-wishes.ts";
import { databaseIssues } from "./database-issues.ts";
import { planTables } from "./plan-tables.ts";
import { comparisonOf, ownedEdges } from "./plan-references.ts";

/** What a person said of the database. */
export interface PlanWishes {
  readonly usersTable?: string | undefined;
  readonly column?: string | undefined;
  readonly applicationRole?: string | undefined;
  readonly lazy: boolean;
  readonly stripeCustomer?: string | undefined;
  /** What an ORM's schema says that the database does not. */
  readonly relations: readonly OrmRelation[];
}

const defaultColumn = "organization_id";

/** Each round of answers may change a way, and that asks anew; more than this it never takes. */
const rounds = 4;

/**
 * Reads the database and decides what each table becomes, without the phases.
 *
 * @throws RowhouseError INVALID_INPUT where there is nothing to start from: no users' table, several, or one that has a tenant already; where a wish
 * names what the database does not have; and where the role may not read a table
 */
export async function makePlan(client: pg.ClientBase, wishes: PlanWishes): Promise<{ plan: Plan; catalog: Catalog }> {
  const catalog = await readCatalog(client);
  await assertApplicationRole(client, wishes.applicationRole);
  assertKnownTables(wishes.relations, new Set([...catalog.byName.keys(), ...catalog.views.map(({ sql }) => sql)]));
  assertKnownColumns(wishes.relations, catalog.byName);
  await client.query(sampleSettings);
  const { situation, classified } = await study(client, catalog, wishes);
  const { users, teams } = situation;
  const column = wishes.column ?? defaultColumn;
  assertColumnFree(situation, classified, { column, given: wishes.column !== undefined });
  const { tables, questions } = planTables(situation, classified.verdicts, column);
  const plan: Plan = {
    version: 1,
    database: catalog.database,
    fingerprint: fingerprintOf(catalog, column),
    anchor: `${users.table.sql}.${columnsText([users.key])}`,
    users: plannedUsers(users),
    teams: teams?.planned ?? null,
    column,
    lazy: wishes.lazy,
    applicationRole: wishes.applicationRole ?? null,
    stripeCustomer: wishes.stripeCustomer ?? null,
    issues: databaseIssues(situation, { planned: tables, hidden: await hiddenTables(client) }),
    tables,
    questions,
    phases: [],
  };
  assertStripeCustomer(plan, catalog);
  return { plan, catalog };
}

interface Studied {
  readonly situation: Situation;
  readonly classified: Classified;
}

async function study(client: pg.ClientBase, catalog: Catalog, { usersTable, relations }: PlanWishes): Promise<Studied> {
  const whole = catalog.tables.filter(({ isPartition }) => !isPartition);
  const keys = edgesOfKeys(whole);
  const told = edgesOfRelations(whole, relations).filter((edge) => !keys.some((key) => isSame(key, edge)));
  const known = [...keys, ...told];
  const guessed = guessEdges(whole, known, null);
  const users = findUsers({ ...catalog, tables: whole }, [...known, ...guessed], usersTable);
  const all = [...known, ...guessEdges(whole, known, users.table)];
  const samples = new Map<string, TableSample>();
  for (const table of whole) {
    const sample = await readSample(client, table, { edges: all, tables: whole });
    if (sample !== undefined) samples.set(table.sql, sample);
  }
  const evidence: Evidence = { ...noEvidence, samples };
  const edges = all.filter(
    (edge) => trustOf(edge, evidence) > 0 && !isTyped(edge, { sample: samples.get(edge.table.sql), tables: whole }),
  );
  const teams = findTeams(edges, users);
  const start: Situation = { catalog, edges, users, teams, evidence, cascades: keys.some(({ cascade }) => cascade) };
  return settle(client, start);
}

function isSame(left: Edge, right: Edge): boolean {
  return (
    left.table === right.table && left.parent === right.parent && left.columns.join("\n") === right.columns.join("\n")
  );
}

/** Classifies, asks the data what that left open, and classifies again, until nothing new is asked. */
async function settle(client: pg.ClientBase, start: Situation): Promise<Studied> {
  let situation = start;
  let classified = classifyTables(situation);
  for (let round = 0; round < rounds; round++) {
    const { verdicts } = classified;
    const references = [...verdicts.keys()].flatMap((table) =>
      ownedEdges(situation, verdicts, table).map((edge) => comparisonOf(verdicts, edge)),
    );
    const open = [...classified.wanted, ...references.filter((each) => each !== null)].filter(
      (each) => !situation.evidence.agreements.has(comparisonId(each)),
    );
    if (open.length === 0) break;
    const followed = followedOf(situation, classified);
    const asked = [...new Map(open.map((each) => [comparisonId(each), each])).values()].map((each: Comparison) => ({
      ...each,
      leftSql: ownerSql(each.left, "s", followed),
      rightSql: ownerSql(each.right, "s", followed),
    }));
    const found = await readAgreements(client, asked, situation.catalog.byName);
    situation = {
      ...situation,
      evidence: { ...situation.evidence, agreements: new Map([...situation.evidence.agreements, ...found]) },
    };
    classified = classifyTables(situation);
  }
  return { situation, classified };
}

function followedOf({ users, teams }: Situation, { verdicts }: Classified): Followed {
  const derivations = new Map<string, Derivation>();
  for (const { table, way } of verdicts.values()) if (way !== null) derivations.set(table.sql, way.derivation);
  return {
    derivations,
    users: { table: users.table.sql, key: users.key },
    teams: teams === null ? null : { table: teams.table.sql, key: teams.planned.key },
  };
}

/** A column of that name that says something else would be taken for the new one. */
function assertColumnFree(
  { teams }: Situation,
  { verdicts }: Classified,
  { column, given }: { column: string; given: boolean },
): void {
  const owned = [...verdicts.values()].filter(({ way }) => way !== null).map(({ table }) => table);
  const taken = owned.filter((table: Table) => table.columns.some(({ name }) => name === column));
  if (taken.length === 0) return;
  const isTeams =
    teams !== null &&
    taken.some((table) =>
      table.foreignKeys.some((key) => key.parent === teams.table.sql && key.columns.includes(column)),
    );
  const tables = taken.map(({ sql }) => sql).join(", ");
  throw new RowhouseError(
    "INVALID_INPUT",
    `${tables} ${taken.length === 1 ? "has" : "have"} a column ${column} already${isTeams ? `, which says the team in ${teams.table.sql}` : ""}. The new column needs a name that is free: give ${given ? "another" : "one"} with --column, as tenant_id.`,
  );
}
