import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { ForeignKey, Relation } from "../catalog/catalog.ts";
import type { Session, Value } from "../session.ts";
import type { Party, Values } from "../world.ts";
import { chooseValues } from "./choose-values.ts";
import { ban, draftRow, type Draft } from "./draft-row.ts";
import { storeRow, type Enforcement } from "./store-row.ts";

/** Where a row gets from what is not its own. */
export interface Surroundings {
  readonly session: Session;
  /** Whether triggers and foreign keys can be switched off. */
  readonly canReplicate: boolean;
  /** Values that a person gave for a table's columns. */
  valuesFor(relation: Relation): Values;
  /** The organization that rows of a party belong to. */
  tenantOf(party: Party): Value;
  isOrganizations(relation: Relation): boolean;
  /** Values of the parent's columns that a foreign key is to carry; `null` when there is no parent (yet). @throws CannotTell */
  parentOf(key: ForeignKey, wanted: ParentWish): Promise<Values | null>;
  /** Takes a row of the party out of the way that has these values; `false` when it must stay. */
  makeRoom(relation: Relation, party: Party, taken: Values): Promise<boolean>;
}

export interface ParentWish {
  readonly relation: Relation;
  readonly party: Party;
  /** Columns of the parent that are decided by columns that other keys share. */
  readonly matching: Values;
  readonly fresh: boolean;
  /** Nothing can stand in its place. */
  readonly needed: boolean;
}

export interface Composed {
  readonly values: Values;
  /** What it took to have it accepted. */
  readonly enforcement: Enforcement;
}

const mostTries = 40;

/** Values of a new row, which was inserted and taken back to see that it is accepted. @throws CannotTell */
export async function composeRow(
  around: Surroundings,
  { relation, party, given }: { relation: Relation; party: Party; given: Values },
): Promise<Composed> {
  if (relation.kind === "foreign table")
    throw new CannotTell(`${relation.sql} is a foreign table: rows of another server are not made.`);
  const draft = draftRow(relation, party, given);
  let last: pg.DatabaseError | null = null;
  for (let tries = 0; tries < mostTries; tries++) {
    const values = await chooseValues(around.session, draft, await decide(around, draft));
    const error = await tryOut(around, { relation, values, enforcement: "all" });
    if (error === null || isMeant(error, draft)) return { values, enforcement: "all" };
    last = error === "suppressed" ? null : error;
    if (last !== null && (learn(draft, values, last) || (await makeRoom(around, draft, { values, error: last }))))
      continue;
    if (around.canReplicate && (await tryOut(around, { relation, values, enforcement: "none" })) === null)
      return { values, enforcement: "none" };
    if (!leaveOptionalOut(draft, values)) break;
  }
  throw new CannotTell(
    `${relation.sql}: ${last === null ? "a trigger keeps its rows away" : tell(last)}; give values with --values.`,
  );
}

async function tryOut(
  { session }: Surroundings,
  row: { relation: Relation; values: Values; enforcement: Enforcement },
): Promise<pg.DatabaseError | "suppressed" | null> {
  return session.undone(async () => {
    const stored = await storeRow(session, row);
    if (stored instanceof pg.DatabaseError) return stored;
    return stored === null ? "suppressed" : null;
  });
}

function tell({ constraint, code, message }: pg.DatabaseError): string {
  return constraint === undefined
    ? `refused with ${code}: ${message}`
    : `constraint ${constraint} refuses every row that was tried`;
}

/** What the caller decided may collide: it is what they ask about. */
function isMeant(error: pg.DatabaseError | "suppressed", { relation, given }: Draft): boolean {
  if (error === "suppressed" || error.constraint === undefined) return false;
  const names = error.code === "23503" ? keyNamed(relation, error.constraint)?.columns : uniqueColumns(relation, error);
  return names?.some((name) => name in given && name !== relation.tenantColumn) === true;
}

/** What is decided before any value is chosen: the tenant, what a person gave, and the parents' keys. */
async function decide(around: Surroundings, draft: Draft): Promise<Map<string, readonly Value[]>> {
  const { relation, party, given } = draft;
  const decided = new Map<string, readonly Value[]>();
  const fixed: Record<string, Value> = { ...around.valuesFor(relation) };
  if (relation.tenantColumn !== null && !around.isOrganizations(relation))
    fixed[relation.tenantColumn] = around.tenantOf(party);
  Object.assign(fixed, given);
  for (const [name, value] of Object.entries(fixed)) decided.set(name, [value]);
  // What must have a parent decides first.
  const keys = relation.foreignKeys.toSorted(
    (left, right) => Number(optionalColumns(draft, left).length > 0) - Number(optionalColumns(draft, right).length > 0),
  );
  for (const key of keys) await linkParent(around, draft, { key, decided });
  return decided;
}

async function linkParent(
  around: Surroundings,
  draft: Draft,
  { key, decided }: { key: ForeignKey; decided: Map<string, readonly Value[]> },
): Promise<void> {
  const isDecided = (name: string): boolean => decided.get(name)?.length === 1;
  if (key.columns.every(isDecided) && !draft.fresh.has(key.name)) {
    const isOfParents = key.columns.every((name) => name in draft.given || name === draft.relation.tenantColumn);
    if (isOfParents) return;
  }
  const optional = optionalColumns(draft, key).filter((name) => !isDecided(name));
  const needed = optional.length === 0;
  const matching = Object.fromEntries(
    key.columns.flatMap((name, index) =>
      isDecided(name) ? [[key.targetColumns[index] ?? "", decided.get(name)?.[0] ?? null] as const] : [],
    ),
  );
  if (Object.values(matching).includes(null)) return;
  const { relation, party, unlinked, fresh } = draft;
  const parent = unlinked.has(key.name)
    ? null
    : await around.parentOf(key, { relation, party, matching, fresh: fresh.has(key.name), needed });
  for (const [index, name] of key.columns.entries()) {
    if (isDecided(name)) continue;
    if (parent === null) {
      if (optional.includes(name)) decided.set(name, [null]);
      continue;
    }
    const value = parent[key.targetColumns[index] ?? ""] ?? null;
    decided.set(name, optional.includes(name) ? [value, null] : [value]);
  }
}

function optionalColumns({ relation }: Draft, { columns }: ForeignKey): readonly string[] {
  return columns.filter((name) => relation.columns.some((column) => column.name === name && !column.notNull));
}

/** Changes the draft by what an error says. @returns whether there is something to try again */
function learn(draft: Draft, values: Values, error: pg.DatabaseError): boolean {
  const { relation } = draft;
  const { code, column, constraint } = error;
  if (code === "23502" && column !== undefined && !(column in values)) {
    draft.asked.add(column);
    return true;
  }
  if (code === "23505" || code === "23P01") return avoidCollision(draft, values, uniqueColumns(relation, error));
  if (code === "23503" && constraint !== undefined) {
    const key = keyNamed(relation, constraint);
    if (key === undefined || optionalColumns(draft, key).length === 0 || draft.unlinked.has(key.name)) return false;
    draft.unlinked.add(key.name);
    return true;
  }
  return false;
}

function avoidCollision(draft: Draft, values: Values, columns: readonly string[]): boolean {
  const { relation, given, fresh } = draft;
  const linked = new Set(relation.foreignKeys.flatMap((key) => key.columns));
  const free = columns.filter((name) => name in values && !(name in given) && name !== relation.tenantColumn);
  const own = free.filter((name) => !linked.has(name));
  for (const name of own) ban(draft, name, values[name] ?? null);
  if (own.length > 0) return true;
  const keys = relation.foreignKeys.filter(
    (key) => key.columns.some((name) => free.includes(name)) && !fresh.has(key.name),
  );
  for (const key of keys) fresh.add(key.name);
  return keys.length > 0;
}

/** A party that can have one row only has another one when the first is gone. */
async function makeRoom(
  around: Surroundings,
  { relation, party }: Draft,
  { values, error }: { values: Values; error: pg.DatabaseError },
): Promise<boolean> {
  if (error.code !== "23505") return false;
  const columns = uniqueColumns(relation, error);
  if (columns.length === 0 || columns.some((name) => !(name in values))) return false;
  return around.makeRoom(relation, party, Object.fromEntries(columns.map((name) => [name, values[name] ?? null])));
}

function uniqueColumns(relation: Relation, { constraint }: pg.DatabaseError): readonly string[] {
  const key = relation.uniqueKeys.find(({ name }) => name === constraint || name.endsWith(`.${constraint}`));
  return key?.columns ?? [];
}

function keyNamed({ foreignKeys }: Relation, name: string): ForeignKey | undefined {
  return foreignKeys.find((key) => key.name === name);
}

/** Without what need not be there, the row may be accepted. */
function leaveOptionalOut(draft: Draft, values: Values): boolean {
  const { relation, given, leftOut, asked } = draft;
  const optional = relation.columns.filter(
    ({ name, notNull, hasDefault }) =>
      name in values && !(name in given) && (!notNull || hasDefault) && !leftOut.has(name) && !asked.has(name),
  );
  for (const { name } of optional) leftOut.add(name);
  return optional.length > 0;
}
