import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Relation } from "../catalog/catalog.ts";
import type { Party, Values } from "../world.ts";
import { chooseValues } from "./choose-values.ts";
import { decideValues } from "./decide-values.ts";
import { draftRow, type Draft } from "./draft-row.ts";
import { keyNamed, learnFromError, uniqueColumns } from "./learn-from-error.ts";
import { columnsAsText, storeRow, type Enforcement } from "./store-row.ts";
import type { Surroundings } from "./surroundings.ts";

export interface Composed {
  readonly values: Values;
  /** What it took to have it accepted. */
  readonly enforcement: Enforcement;
}

/** How an attempt went: `refusal` is `null` when the database took the row. */
interface Trial {
  readonly values: Values | null;
  readonly refusal: CannotTell | null;
}

/** How often one draft is mended by what the database says of it. */
const mostTries = 40;

/** Values of a new row, which was inserted and taken back to see that it is accepted. @throws CannotTell */
export async function composeRow(
  around: Surroundings,
  { relation, party, given }: { relation: Relation; party: Party; given: Values },
): Promise<Composed> {
  if (relation.kind === "foreign table")
    throw new CannotTell(`${relation.sql} is a foreign table: rows of another server are not made.`);
  const draft = draftRow(relation, party, given);
  const trials: Trial[] = [];
  for (const attempt of [mend, mendWithoutOptional, mendByTemplate]) {
    const trial = await attempt(around, draft);
    if (trial === null) continue;
    if (trial.values !== null && trial.refusal === null) return { values: trial.values, enforcement: "all" };
    trials.push(trial);
  }
  for (const { values } of around.canReplicate ? trials : []) {
    if (values === null) continue;
    const error = await tryOut(around, { relation, values, enforcement: "none" });
    if (error === null || isMeant(error, draft)) return { values, enforcement: "none" };
  }
  throw trials[0]?.refusal ?? new CannotTell(`${relation.sql}: no row of it was accepted.`);
}

/** Tries a draft and learns from errors, until it is accepted or nothing is left to learn. */
async function mend(around: Surroundings, draft: Draft): Promise<Trial> {
  const { relation } = draft;
  let last: Trial = { values: null, refusal: new CannotTell(`${relation.sql}: it was tried too often.`) };
  for (let tries = 0; tries < mostTries; tries++) {
    const values = await choose(around, draft);
    if (values instanceof CannotTell) return { values: null, refusal: values };
    const error = await tryOut(around, { relation, values, enforcement: "all" });
    if (error === null || isMeant(error, draft)) return { values, refusal: null };
    last = { values, refusal: new CannotTell(`${relation.sql}: ${tell(error)}; give values with --values.`) };
    if (error === "suppressed") break;
    if (!learnFromError(draft, values, error) && !(await makeRoom(around, draft, { values, error }))) break;
  }
  return last;
}

async function choose(around: Surroundings, draft: Draft): Promise<Values | CannotTell> {
  try {
    return await chooseValues(around.session, draft, await decideValues(around, draft));
  } catch (error) {
    if (error instanceof CannotTell) return error;
    throw error;
  }
}

/** Without what need not be there the row may be accepted; then each of it is tried again by itself. */
async function mendWithoutOptional(around: Surroundings, draft: Draft): Promise<Trial | null> {
  const { relation, given, leftOut, asked } = draft;
  const keys = new Set(relation.foreignKeys.flatMap(({ columns }) => columns));
  const optional = relation.columns.filter(
    ({ name, notNull, hasDefault, generated }) =>
      !generated && !(name in given) && (!notNull || hasDefault) && !asked.has(name) && !keys.has(name),
  );
  if (optional.length === 0) return null;
  for (const { name } of optional) leftOut.add(name);
  let accepted = await mend(around, draft);
  if (accepted.refusal !== null) return accepted;
  for (const { name } of optional) {
    leftOut.delete(name);
    const trial = await mend(around, draft);
    if (trial.refusal === null) accepted = trial;
    else leftOut.add(name);
  }
  return accepted;
}

/** What a row has that is there already, somebody's code has accepted. */
async function mendByTemplate(around: Surroundings, draft: Draft): Promise<Trial | null> {
  const { relation } = draft;
  const { rows } = await around.session.query(`select ${columnsAsText(relation)} from ${relation.sql} limit 1`);
  draft.template = (rows[0] as Values | undefined) ?? null;
  if (draft.template === null) return null;
  draft.leftOut.clear();
  return mend(around, draft);
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

function tell(error: pg.DatabaseError | "suppressed"): string {
  if (error === "suppressed") return "a trigger keeps its rows away";
  const { constraint, code, message } = error;
  return constraint === undefined
    ? `refused with ${code}: ${message}`
    : `constraint ${constraint} refuses every row that was tried`;
}

/** What the caller decided may collide: it is what they ask about. */
function isMeant(error: pg.DatabaseError | "suppressed", { relation, given }: Draft): boolean {
  if (error === "suppressed" || error.constraint === undefined) return false;
  const names = error.code === "23503" ? keyNamed(relation, error.constraint)?.columns : uniqueColumns(relation, error);
  const decided = Object.keys(given).filter((name) => name !== relation.tenantColumn);
  // A key that is not in the catalog was made since, for a control that is to collide with it.
  if (error.code === "23505" && names?.length === 0) return decided.length > 0;
  return names?.some((name) => decided.includes(name)) === true || isGiven(names, given);
}

/** Every column of a key was given, as where a key is of the tenant alone. */
function isGiven(names: readonly string[] | undefined, given: Values): boolean {
  return names !== undefined && names.length > 0 && names.every((name) => name in given);
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
