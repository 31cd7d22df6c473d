import type { ExpressionBuilder, SelectQueryBuilder } from "kysely";
import { RowhouseError } from "rowhouse";
import { z } from "zod";

/** One page of a list, and the cursors of its neighbours: `null` where there is none. */
export interface Page<T> {
  items: T[];
  next: string | null;
  previous: string | null;
}

export interface CursorInput {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  /** How many rows at most. Default {@link pageSize}. */
  readonly limit?: number | undefined;
}

/** By what a list is ordered: a column (its value in a row, as text that Postgres reads back exactly), then the id. */
export interface Order<Column extends string> {
  readonly column: Column;
  readonly direction: "asc" | "desc";
}

export const pageSize = 20;

const cursorShape = z.tuple([z.string().max(1000), z.uuid()]);

interface Keyed {
  readonly id: string;
  /** The ordering column as text. */
  readonly key: string;
}

/**
 * Runs an ordered query one page at a time. Pages go by the last row seen, not by a number of rows to skip, so rows that
 * come and go in between shift nothing and a far page costs as much as the first.
 *
 * @throws RowhouseError INVALID_INPUT for a cursor that is none of ours
 */
export async function pageByCursor<DB, TB extends keyof DB, Row extends Keyed>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { order, cursor }: { order: Order<string>; cursor: CursorInput },
): Promise<Page<Row>> {
  const size = cursor.limit ?? pageSize;
  const backwards = cursor.before !== undefined;
  const from = parseCursor(cursor.before ?? cursor.after);
  const direction = (order.direction === "asc") === backwards ? "desc" : "asc";
  const loose = query as unknown as SelectQueryBuilder<LooseDatabase, "t", Row>;
  const started = from === undefined ? loose : loose.where((eb) => beyond(eb, { order, direction, from }));
  const found = await started
    .orderBy(`t.${order.column}` as "t.key", direction)
    .orderBy("t.id", direction)
    .limit(size + 1)
    .execute();
  const items = found.slice(0, size);
  const more = found.length > size;
  if (backwards) items.reverse();
  return {
    items,
    next: (backwards || more) && items.length > 0 ? toCursor(items.at(-1)) : null,
    previous: (backwards ? more : from !== undefined) && items.length > 0 ? toCursor(items[0]) : null,
  };
}

/** Every list calls its table `t`; which columns that has is checked where the query is written. */
interface LooseDatabase {
  t: { key: string; id: string };
}

function beyond(
  eb: ExpressionBuilder<LooseDatabase, "t">,
  { order, direction, from }: { order: Order<string>; direction: "asc" | "desc"; from: { key: string; id: string } },
) {
  const left = eb.refTuple(`t.${order.column}` as "t.key", "t.id");
  return eb(left, direction === "asc" ? ">" : "<", eb.tuple(from.key, from.id));
}

function toCursor(row: Keyed | undefined): string | null {
  return row === undefined ? null : Buffer.from(JSON.stringify([row.key, row.id])).toString("base64url");
}

function parseCursor(cursor: string | undefined): { key: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [key, id] = cursorShape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { key, id };
  } catch (error) {
    throw new RowhouseError("INVALID_INPUT", "This page of the list is not known. Go back to its beginning.", { cause: error });
  }
}
