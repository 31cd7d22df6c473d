import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Column, Relation } from "../catalog/catalog.ts";
import type { Session, Value } from "../session.ts";
import type { Values } from "../world.ts";
import { candidatesOf } from "./candidates-of.ts";
import { columnsOf, hintsOf } from "./check-hints.ts";
import type { Draft } from "./draft-row.ts";
import { solveChecks, type Puzzle, type Unknown } from "./solve-checks.ts";

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
  const chosen: Record<string, Value> = {};
  for (const group of groupsOf(relation, rules)) {
    const own = rules.filter(({ columns }) => group.some(({ name }) => columns.has(name)));
    Object.assign(chosen, await chooseGroup(session, draft, { columns: group, rules: own, decided }));
  }
  return chosen;
}

interface Group {
  readonly columns: readonly Column[];
  readonly rules: readonly Rule[];
  readonly decided: Decided;
}

async function chooseGroup(session: Session, draft: Draft, { columns, rules, decided }: Group): Promise<Values> {
  const conditions = rules.map(({ condition }) => condition);
  const unknowns: Unknown[] = [];
  for (const column of columns.filter(({ generated }) => !generated)) {
    const fixed = decided.get(column.name);
    const candidates = fixed ?? (await freeValues(session, draft, { column, conditions }));
    if (candidates !== null) unknowns.push({ name: column.name, type: column.plainType, candidates });
  }
  if (unknowns.length === 0) return {};
  if (conditions.length === 0)
    return Object.fromEntries(unknowns.map(({ name, candidates }) => [name, candidates[0] ?? null]));
  const derived = columns.flatMap(({ name, plainType, generated, expression }) =>
    generated && expression !== null ? [{ name, type: plainType, expression }] : [],
  );
  const puzzle = { unknowns, derived, conditions };
  const found = await solveChecks(session, puzzle);
  if (found === null) throw new CannotTell(await explain(session, { relation: draft.relation, rules, puzzle }));
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
