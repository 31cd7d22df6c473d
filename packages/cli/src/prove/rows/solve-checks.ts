import pg from "pg";
import type { Session, Value } from "../session.ts";
import type { Values } from "../world.ts";
import { arrayOf } from "./candidates-of.ts";

/** A column whose value is to be found. */
export interface Unknown {
  readonly name: string;
  readonly type: string;
  /** The likeliest first. */
  readonly candidates: readonly Value[];
}

export interface Puzzle {
  readonly unknowns: readonly Unknown[];
  /** Columns that are computed from the unknowns: in the order in which they can be. */
  readonly derived: readonly { readonly name: string; readonly type: string; readonly expression: string }[];
  /** Conditions none of which may be false. */
  readonly conditions: readonly string[];
}

/** How many candidates of each column are tried at first, so that the likeliest are taken. */
const rounds = [1, 4, 16, Infinity];
const timeLimit = "2s";
/** Where some combination raises an error, each is asked for alone, and no more than these. */
const singleTries = 300;

/** Lets Postgres find values that no condition objects to; `null` when none of the candidates do. */
export async function solveChecks(session: Session, puzzle: Puzzle): Promise<Values | null> {
  const most = Math.max(...puzzle.unknowns.map(({ candidates }) => candidates.length));
  for (const [index, round] of rounds.entries()) {
    if (index > 0 && (rounds[index - 1] ?? 0) >= most) break;
    const unknowns = puzzle.unknowns.map((each) => ({ ...each, candidates: each.candidates.slice(0, round) }));
    const found = await ask(session, { ...puzzle, unknowns });
    if (found instanceof pg.DatabaseError && !isTooSlow(found)) return solveOneByOne(session, puzzle);
    if (!(found instanceof Error) && found !== null) return found;
  }
  return null;
}

function isTooSlow({ code }: pg.DatabaseError): boolean {
  return code === "57014";
}

/** The same, with an error as no. */
export async function askOnce(session: Session, puzzle: Puzzle): Promise<Values | null> {
  const found = await ask(session, puzzle);
  return found instanceof Error ? null : found;
}

async function ask(session: Session, { unknowns, derived, conditions }: Puzzle): Promise<Values | null | Error> {
  const tables = unknowns.map(
    ({ name, type }, index) =>
      `(select v::${type} as ${pg.escapeIdentifier(name)} from unnest($${index + 1}::text[]) with ordinality as t (v, n) order by n) as c${index}`,
  );
  const computed = derived.map(
    ({ name, type, expression }, index) =>
      `cross join lateral (select (${expression})::${type} as ${pg.escapeIdentifier(name)} offset 0) as d${index}`,
  );
  const columns = unknowns.map(({ name }) => `${pg.escapeIdentifier(name)}::text as ${pg.escapeIdentifier(name)}`);
  const where = conditions.map((condition) => `((${condition}) is not false)`).join(" and ");
  const text = `select ${columns.join(", ")} from ${tables.join(" cross join ")} ${computed.join(" ")} where ${where} limit 1`;
  const values = unknowns.map(({ candidates }) => arrayOf(candidates));
  try {
    return await session.undone(async () => {
      const { rows } = await session.query(text, values);
      return (rows[0] as Values | undefined) ?? null;
    }, `set local statement_timeout = '${timeLimit}'; set local join_collapse_limit = 1`);
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error;
    throw error;
  }
}

/** A condition may raise an error on a value instead of being false: a cast in it, or a function. */
async function solveOneByOne(session: Session, puzzle: Puzzle): Promise<Values | null> {
  for (const [index, values] of combinations(puzzle.unknowns).entries()) {
    if (index >= singleTries) return null;
    const unknowns = puzzle.unknowns.map((each, at) => ({ ...each, candidates: [values[at] ?? null] }));
    const found = await ask(session, { ...puzzle, unknowns });
    if (!(found instanceof Error) && found !== null) return found;
  }
  return null;
}

/** Combinations in the order of how likely their values are, as far as they are bounded. */
function combinations(unknowns: readonly Unknown[]): readonly (readonly Value[])[] {
  let found: { values: Value[]; rank: number }[] = [{ values: [], rank: 0 }];
  for (const { candidates } of unknowns) {
    found = found
      .flatMap(({ values, rank }) => candidates.map((value, at) => ({ values: [...values, value], rank: rank + at })))
      .sort((left, right) => left.rank - right.rank)
      .slice(0, singleTries);
  }
  return found.map(({ values }) => values);
}
