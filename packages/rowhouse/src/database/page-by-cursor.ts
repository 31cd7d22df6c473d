import type { ExpressionBuilder, SelectQueryBuilder } from "kysely";
import { z } from "zod";
import { RowhouseError } from "../errors.ts";
import { countErrorCode } from "../field-error-code.ts";

/** One page of a list, and the cursors of its neighbours: `null` where there is none. */
export interface Page<T> {
  items: T[];
  next: string | null;
  previous: string | null;
}

export interface CursorInput {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  /** How many rows at most, 1 to {@link maxPageSize}. Default {@link pageSize}. */
  readonly limit?: number | undefined;
}

/** By what a list is ordered: a column (its value in a row, as text that Postgres reads back exactly), then the id. */
export interface Order<Column extends string> {
  readonly column: Column;
  readonly direction: "asc" | "desc";
  /** The column of the uuid that makes the order unique, selected as `id`. Default `id`. */
  readonly idColumn?: string;
}

export const pageSize = 20;
export const maxPageSize = 500;

const cursorShape = z.tuple([z.string().max(1000), z.uuid()]);

interface Keyed {
  readonly id: string;
  /** The ordering column as text. */
  readonly key: string;
}

/**
 * Runs an ordered query one page at a time. The query calls its table `t` and selects `id` and `key`. Pages go by the
 * last row seen, not by a number of rows to skip, so rows that come and go in between shift nothing and a far page costs
 * as much as the first.
 *
 * @throws RowhouseError INVALID_INPUT for a cursor that is none of ours, and for a limit out of bounds
 */
export async function pageByCursor<DB, TB extends keyof DB, Row extends Keyed>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { order, cursor }: { order: Order<string>; cursor: CursorInput },
): Promise<Page<Row>> {
  const size = parseLimit(cursor.limit);
  const backwards = cursor.before !== undefined;
  const found = await planPage(query, { order, cursor }).execute();
  const items = found.slice(0, size);
  const more = found.length > size;
  if (backwards) items.reverse();
  return {
    items,
    next: (backwards || more) && items.length > 0 ? toCursor(items.at(-1)) : null,
    previous: (backwards ? more : cursor.after !== undefined) && items.length > 0 ? toCursor(items[0]) : null,
  };
}

/** The statement of {@link pageByCursor}: a row more than the page holds. */
export function planPage<DB, TB extends keyof DB, Row extends Keyed>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { order, cursor }: { order: Order<string>; cursor: CursorInput },
): SelectQueryBuilder<LooseDatabase, "t", Row> {
  const from = parseCursor(cursor.before ?? cursor.after);
  const direction = (order.direction === "asc") === (cursor.before !== undefined) ? "desc" : "asc";
  const loose = query as unknown as SelectQueryBuilder<LooseDatabase, "t", Row>;
  const started = from === undefined ? loose : loose.where((eb) => beyond(eb, { order, direction, from }));
  return started
    .orderBy(keyOf(order), direction)
    .orderBy(idOf(order), direction)
    .limit(parseLimit(cursor.limit) + 1);
}

/** Every list calls its table `t`; which columns that has is checked where the query is written. */
export interface LooseDatabase {
  t: { key: string; id: string };
}

function beyond(
  eb: ExpressionBuilder<LooseDatabase, "t">,
  { order, direction, from }: { order: Order<string>; direction: "asc" | "desc"; from: { key: string; id: string } },
) {
  const left = eb.refTuple(keyOf(order), idOf(order));
  return eb(left, direction === "asc" ? ">" : "<", eb.tuple(from.key, from.id));
}

function keyOf(order: Order<string>): "t.key" {
  return `t.${order.column}` as "t.key";
}

function idOf(order: Order<string>): "t.id" {
  return `t.${order.idColumn ?? "id"}` as "t.id";
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
    throw new RowhouseError("INVALID_INPUT", "This page of the list is not known. Go back to its beginning.", {
      cause: error,
    });
  }
}

function parseLimit(limit: number | undefined): number {
  if (limit === undefined) return pageSize;
  if (Number.isInteger(limit) && limit >= 1 && limit <= maxPageSize) return limit;
  throw new RowhouseError("INVALID_INPUT", `A page holds 1 to ${maxPageSize} rows; ${limit} was asked for.`, {
    fields: [{ field: "limit", message: `Use a whole number from 1 to ${maxPageSize}.`, code: countErrorCode(limit) }],
  });
}
