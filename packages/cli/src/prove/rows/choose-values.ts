import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Column, Relation } from "../catalog/catalog.ts";
import type { Session, Value } from "../session.ts";
import type { Values } from "../world.ts";
import { candidatesOf } from "./candidates-of.ts";
import { columnsOf, hintsOf } from "./check-hints.ts";
import type { Draft } from "./draft-row.ts";
import { askOnce, solveChecks, type Puzzle, type Unknown } from "./solve-checks.ts";

/** What is decided before values are chosen: one value, or several of which any will do. */
export type Decided = ReadonlyMap<string, readonly Value[]>;

/** A check of the table, with the columns that it needs to be computed from. */
interface Rule {
  readonly name: string;
  readonly condition: string;
  readonly columns: ReadonlySet<string>;
}

/** Values for the columns of a row, such that no check objects. @throws CannotTell with the check that none of the candidates satisfy */
export async function chooseValues(session: Session, draft: Draft, decided: Decided): Promise<Values> {
  const { relation } = draft;
  const rules = rulesOf(relation);
  const groups: Group[] = [];
  for (const columns of groupsOf(relation, rules)) {
    const own = rules.filter((rule) => columns.some(({ name }) => rule.columns.has(name)));
    groups.push(await groupOf(session, draft, { columns, rules: own, decided }));
  }
  const checked = groups.filter((group) => group.puzzle.conditions.length > 0 && group.puzzle.unknowns.length > 0);
  const free = groups.filter((group) => !checked.includes(group)).flatMap(({ puzzle }) => puzzle.unknowns);
  const chosen = Object.fromEntries(free.map(({ name, candidates }) => [name, candidates[0] ?? null]));
  // What satisfied the row before this one mostly does again: one question for all groups instead of one for each.
  const usual = checked.length === 0 ? {} : await solveFirst(session, checked);
  if (usual !== null) return { ...chosen, ...usual };
  for (const group of checked) Object.assign(chosen, await solveGroup(session, relation, group));
  return chosen;
}

interface Group {
  readonly rules: readonly Rule[];
  readonly puzzle: Puzzle;
}

/** Which of a column's candidates was chosen last: it is tried first. */
const chosenBefore = new WeakMap<Relation, Map<string, number>>();

async function groupOf(
  session: Session,
  draft: Draft,
  { columns, rules, decided }: { columns: readonly Column[]; rules: readonly Rule[]; decided: Decided },
): Promise<Group> {
  const conditions = rules.map(({ condition }) => condition);
  const before = chosenBefore.get(draft.relation);
  const unknowns: Unknown[] = [];
  for (const column of columns.filter(({ generated }) => !generated)) {
    const fixed = decided.get(column.name);
    const candidates = fixed ?? (await freeValues(session, draft, { column, conditions }));
    if (candidates === null) continue;
    const index = fixed === undefined && conditions.length > 0 ? (before?.get(column.name) ?? 0) : 0;
    unknowns.push({ name: column.name, type: column.plainType, candidates: broughtToFront(candidates, index) });
  }
  const derived = columns.flatMap(({ name, plainType, generated, expression }) =>
    generated && expression !== null ? [{ name, type: plainType, expression }] : [],
  );
  return { rules, puzzle: { unknowns, derived, conditions } };
}

function broughtToFront(candidates: readonly Value[], index: number): readonly Value[] {
  const first = candidates[index];
  return index === 0 || first === undefined ? candidates : [first, ...candidates.filter((_, at) => at !== index)];
}

/** The first candidates of all groups, where no check objects to any of them. */
async function solveFirst(session: Session, groups: readonly Group[]): Promise<Values | null> {
  const first = ({ candidates, ...rest }: Unknown): Unknown => ({ ...rest, candidates: candidates.slice(0, 1) });
  return askOnce(session, {
    unknowns: groups.flatMap(({ puzzle }) => puzzle.unknowns.map(first)),
    derived: groups.flatMap(({ puzzle }) => puzzle.derived),
    conditions: groups.flatMap(({ puzzle }) => puzzle.conditions),
  });
}

async function solveGroup(session: Session, relation: Relation, { rules, puzzle }: Group): Promise<Values> {
  const found = await solveChecks(session, puzzle);
  if (found === null) throw new CannotTell(await explain(session, { relation, rules, puzzle }));
  const before = chosenBefore.get(relation) ?? new Map<string, number>();
  chosenBefore.set(relation, before);
  for (const { name, candidates } of puzzle.unknowns) {
    const index = candidates.indexOf(found[name] ?? null);
    if (index > 0 && !before.has(name)) before.set(name, index);
  }
  return found;
}

/** The candidates of a column of which nothing is decided; `null` when it is left to its default. */
async function freeValues(
  session: Session,
  { relation, party, banned, leftOut, asked, template }: Draft,
  { column, conditions }: { column: Column; conditions: readonly string[] },
): Promise<readonly Value[] | null> {
  const { name, notNull, hasDefault, expression } = column;
  const isChecked = conditions.length > 0;
  const isNeeded = (notNull && !hasDefault) || asked.has(name);
  const isFilled = isNeeded || (!leftOut.has(name) && isWorthFilling(relation, column));
  if (!isFilled && !isChecked) return null;
  const before = isChecked && hasDefault && expression !== null ? await defaultOf(session, column) : [];
  const nothing = notNull ? [] : [null];
  if (!isFilled && before.length === 0 && !notNull && leftOut.has(name)) return nothing;
  const hints = isChecked || column.domainChecks.length > 0 ? hintsOf([...conditions, ...column.domainChecks]) : null;
  const made = await candidatesOf(session, column, { party: party.name, hints });
  const known = template === null ? [] : [template[name] ?? null].filter((value) => value !== null || !notNull);
  const usual = isFilled ? [...before, ...made, ...nothing] : [...before, ...nothing, ...made];
  const isKey = relation.uniqueKeys.some(({ columns }) => columns.includes(name));
  const all = isKey ? [...usual, ...known] : [...known, ...usual];
  const left = all.filter((value) => banned.get(name)?.has(value) !== true);
  if (left.length > 0) return left;
  if (hasDefault) return null;
  throw new CannotTell(
    `${relation.sql}: no value of the type ${column.type} is known for ${name}; give one with --values.`,
  );
}

/** Texts, numbers and the like: what is unique to a party can be found again where it must not be. */
function isWorthFilling(
  { uniqueKeys }: Relation,
  { name, category, hasDefault, expression, baseType }: Column,
): boolean {
  const isKey = uniqueKeys.some(({ columns }) => columns.includes(name));
  if (hasDefault) return category === "S" && !isKey && expression !== null && /^'/.test(expression);
  return "SNIACR".includes(category) || ["uuid", "bytea", "json", "jsonb", "xml"].includes(baseType);
}

async function defaultOf(session: Session, { expression, plainType }: Column): Promise<readonly Value[]> {
  const [, literal] = /^'([^'\\]*)'::[a-z ]+$/.exec(expression ?? "") ?? [];
  if (literal !== undefined) return [literal];
  const { rows } = await session.query(`select (${expression})::${plainType}::text as value`);
  const value = rows[0]?.["value"];
  return typeof value === "string" ? [value] : [];
}

function rulesOf({ checks, columns }: Relation): readonly Rule[] {
  return checks.map(({ name, condition, columns: declared }) => {
    const named = new Set(
      [...declared, ...columnsOf(condition)].filter((each) => columns.some((one) => one.name === each)),
    );
    // What a generated column is computed from has a part in it.
    for (const { name: generated, expression, generated: isGenerated } of columns)
      if (isGenerated && expression !== null && named.has(generated))
        for (const input of columnsOf(expression)) if (columns.some((one) => one.name === input)) named.add(input);
    return { name, condition, columns: named };
  });
}

/** Columns that checks connect with each other, and each of the others alone. */
function groupsOf({ columns }: Relation, rules: readonly Rule[]): readonly (readonly Column[])[] {
  const groupOf = new Map(columns.map(({ name }, index) => [name, index]));
  for (const { columns: together } of rules) {
    const [first, ...others] = [...together].map((name) => groupOf.get(name) ?? -1);
    for (const [name, group] of groupOf) if (first !== undefined && others.includes(group)) groupOf.set(name, first);
  }
  const numbers = [...new Set(groupOf.values())];
  return numbers.map((number) => columns.filter(({ name }) => groupOf.get(name) === number));
}

async function explain(
  session: Session,
  { relation, rules, puzzle }: { relation: Relation; rules: readonly Rule[]; puzzle: Puzzle },
): Promise<string> {
  for (const { name, condition } of rules)
    if ((await solveChecks(session, { ...puzzle, conditions: [condition] })) === null)
      return `${relation.sql}: check constraint ${name} could not be satisfied; give values with --values.`;
  const names = rules.map(({ name }) => name).join(", ");
  return `${relation.sql}: the check constraints ${names} could not be satisfied together; give values with --values.`;
}
