import type pg from "pg";
import type { ForeignKey, Relation } from "../catalog/catalog.ts";
import type { Values } from "../world.ts";
import { ban, optionalColumns, type Draft } from "./draft-row.ts";

/** Changes the draft by what an error says. @returns whether there is something to try again */
export function learnFromError(draft: Draft, values: Values, error: pg.DatabaseError): boolean {
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

/** The columns of the key that a row collided with. */
export function uniqueColumns(
  { uniqueKeys, columns }: Relation,
  { constraint, code }: pg.DatabaseError,
): readonly string[] {
  // Of an exclusion only the name is known: what it is about is mostly a range.
  if (code === "23P01") return columns.filter(({ category }) => "RD".includes(category)).map(({ name }) => name);
  const bare = (name: string): string => name.replaceAll('"', "");
  const key = uniqueKeys.find(({ name }) => bare(name) === constraint || bare(name).endsWith(`.${constraint}`));
  return key?.columns ?? [];
}

/** The foreign key of a constraint's name. */
export function keyNamed({ foreignKeys }: Relation, name: string): ForeignKey | undefined {
  return foreignKeys.find((key) => key.name === name);
}
