import { contractChanges, type ContractChanges } from "../orm/contract-changes.ts";
import { isColumnNullable } from "../orm/converted-tables.ts";
import { plannedKeys, type PlannedKey } from "../orm/planned-keys.ts";
import { placeOf } from "../orm/source-error.ts";
import type { TextEdit } from "../orm/text-edit.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import { linksOf, objectOf, type DrizzleColumn, type DrizzleTable } from "./drizzle-tables.ts";
import type { TsExpression } from "./parse-declarations.ts";

/** What changes in a table, what of it a person has to write, and which words of drizzle the file needs for it. */
export interface TableEdits {
  readonly edits: readonly TextEdit[];
  /** A line each: where, and what to write. */
  readonly byHand: readonly string[];
  readonly imports: readonly DrizzleImport[];
}

export interface DrizzleImport {
  readonly name: string;
  readonly from: "drizzle-orm" | "drizzle-orm/pg-core";
}

class Draft implements TableEdits {
  readonly edits: TextEdit[] = [];
  readonly byHand: string[] = [];
  readonly imports: DrizzleImport[] = [];

  import(name: string, from: DrizzleImport["from"] = "drizzle-orm/pg-core"): void {
    this.imports.push({ name, from });
  }
}

/** Pure. A table that has it all already gets no edit. */
export function planTableEdits(drizzle: DrizzleTable, plan: Plan, table: PlannedTable): TableEdits {
  const draft = new Draft();
  const key = addColumn(drizzle, draft, { column: plan.column, isNullable: isColumnNullable(table) });
  freeOwners(drizzle, draft, contractChanges(plan, table));
  const added: string[] = [];
  for (const planned of plannedKeys(plan, table)) {
    const keys = planned.columns.map((column) =>
      column === plan.column ? key : drizzle.columns.find(({ name }) => name === column)?.key,
    );
    const known = keys.filter((each) => each !== undefined);
    if (known.length < keys.length) {
      draft.byHand.push(
        `${place(drizzle)}: a key on (${planned.columns.join(", ")}), whose columns are not all in the schema`,
      );
      continue;
    }
    const replaced = table.uniques.filter(({ index }) => planned.replaces.includes(index));
    const removed = replaced.filter(({ columns }) => removeUnique(drizzle, draft, columns));
    // A key on some rows only is nothing that is told here.
    if (replaced.length > 0 && planned.name === null && removed.length === 0) continue;
    if (!hasKey(drizzle, planned.isUnique, known)) added.push(writeKey(drizzle, planned, known));
  }
  addKeys(drizzle, draft, added);
  return draft;
}

interface Column {
  readonly column: string;
  readonly isNullable: boolean;
}

/**
 * After the first column; gives back its key. `default` in a statement that does not name it lets the old application's inserts pass the types: a
 * trigger and later the tenant's context fill it.
 */
function addColumn(drizzle: DrizzleTable, draft: Draft, { column, isNullable }: Column): string {
  const existing = drizzle.columns.find(({ name }) => name === column);
  if (existing !== undefined) return existing.key;
  const key = freeKey(drizzle, column);
  const { text } = drizzle.file;
  const given = drizzle.call.given[1];
  const object = objectOf(given);
  const own = object?.entries ?? [];
  const first = own[0];
  const builder = given?.kind === "arrow" && given.parameter !== null ? `${given.parameter}.uuid` : "uuid";
  const filled = isNullable ? "" : ".notNull().$defaultFn(() => sql`default`)";
  const entry = `${key}: ${builder}("${column}")${filled}`;
  if (first === undefined) {
    draft.byHand.push(`${place(drizzle)}: ${entry}`);
    return key;
  }
  if (builder === "uuid") draft.import("uuid");
  if (!isNullable) draft.import("sql", "drizzle-orm");
  const rest = /^,[^\S\n]*(?:\/\/[^\n]*)?\n/.exec(text.slice(first.end))?.[0];
  const at = first.end + (rest?.length ?? 0);
  const lineStart = text.lastIndexOf("\n", first.start) + 1;
  const indent = text.slice(lineStart, first.start);
  const end = rest?.endsWith("\r\n") === true ? "\r\n" : "\n";
  const isAlone = rest !== undefined && indent.trim() === "";
  draft.edits.push({
    start: isAlone ? at : first.end,
    end: isAlone ? at : first.end,
    text: isAlone ? `${indent}${entry},${end}` : `, ${entry}`,
  });
  return key;
}

/** In the style of the table's own keys. */
function freeKey({ columns }: DrizzleTable, column: string): string {
  const isSnake = columns.some(({ key }) => key.includes("_"));
  const key = isSnake ? column : column.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return columns.some((each) => each.key === key) ? `rowhouse_${column}` : key;
}

/** True when the schema had it. */
function removeUnique(drizzle: DrizzleTable, draft: Draft, columns: readonly string[]): boolean {
  const only = columns.length === 1 ? drizzle.columns.find(({ name }) => name === columns[0]) : undefined;
  if (only !== undefined && removeLink(drizzle, draft, { column: only, name: "unique" })) return true;
  const keys = columns.map((column) => drizzle.columns.find(({ name }) => name === column)?.key);
  const old = keyItems(drizzle).find(({ isUnique, on }) => isUnique && on.join() === keys.join());
  if (old === undefined) return false;
  const { text } = drizzle.file;
  // With the comma and the line that are left over.
  const after = /^\s*,[^\S\n]*/.exec(text.slice(old.end))?.[0].length ?? 0;
  const lineStart = text.lastIndexOf("\n", old.start) + 1;
  const isLine = text.slice(lineStart, old.start).trim() === "" && /^\r?\n/.test(text.slice(old.end + after));
  const newline = isLine ? text.indexOf("\n", old.end + after) + 1 : old.end + after;
  draft.edits.push({ start: isLine ? lineStart : old.start, end: newline, text: "" });
  return true;
}

/** `.unique()` of a column, or another call on it. */
function removeLink(
  drizzle: DrizzleTable,
  draft: Draft,
  { column, name }: { readonly column: DrizzleColumn; readonly name: string },
): boolean {
  const at = column.links.findIndex((each) => each.name === name);
  const [link, before] = [column.links[at], column.links[at - 1]];
  if (link === undefined || before === undefined) return false;
  if (link.end > column.end || before.end < column.start)
    draft.byHand.push(`${place(drizzle)}: take .${name}() from ${column.key}, which is declared elsewhere`);
  else draft.edits.push({ start: before.end, end: link.end, text: "" });
  return true;
}

/** The last phase lets them be empty, and a user who goes leaves the rows behind. */
function freeOwners(drizzle: DrizzleTable, draft: Draft, { optional, departures }: ContractChanges): void {
  for (const column of drizzle.columns) {
    if (optional.has(column.name)) removeLink(drizzle, draft, { column, name: "notNull" });
    const rule = departures.find(({ columns }) => columns.join() === column.name)?.rule;
    const reference = column.links.find(({ name }) => name === "references");
    const written = objectOf(reference?.given[1])?.entries.find(({ key }) => key === "onDelete")?.value;
    const isHere = written !== undefined && written.start > column.start && written.end < column.end;
    if (rule === undefined || written?.kind !== "text" || written.text !== "cascade") continue;
    if (isHere) draft.edits.push({ start: written.start + 1, end: written.end - 1, text: rule });
    else
      draft.byHand.push(`${place(drizzle)}: onDelete of ${column.key}, which is declared elsewhere, becomes "${rule}"`);
  }
}

interface KeyItem {
  readonly start: number;
  readonly end: number;
  readonly isUnique: boolean;
  /** The keys of its columns. */
  readonly on: readonly string[];
}

function keyItems({ call }: DrizzleTable): readonly KeyItem[] {
  const extras = call.given[2];
  const body = extras?.kind === "arrow" ? extras.body : undefined;
  const items = body?.kind === "list" ? body.items.map((value) => ({ value, start: value.start, end: value.end })) : [];
  const entries = body?.kind === "object" ? body.entries : [];
  return [...items, ...entries].flatMap(({ value, start, end }) => {
    const links = linksOf(value);
    const kind = links[0]?.name ?? "";
    if (!["unique", "uniqueIndex", "index"].includes(kind)) return [];
    const on = links.find(({ name }) => name === "on")?.given ?? [];
    return [{ start, end, isUnique: kind !== "index", on: on.map(memberName) }];
  });
}

function memberName(expression: TsExpression): string {
  return expression.kind === "member" ? expression.name : "";
}

function hasKey(drizzle: DrizzleTable, isUnique: boolean, keys: readonly string[]): boolean {
  return keyItems(drizzle).some((item) => (item.isUnique || !isUnique) && item.on.join() === keys.join());
}

function writeKey(
  { call }: DrizzleTable,
  { isUnique, isConstraint, name }: PlannedKey,
  keys: readonly string[],
): string {
  const extras = call.given[2];
  const self = extras?.kind === "arrow" ? (extras.parameter ?? "table") : "table";
  const kind = isUnique ? (isConstraint ? "unique" : "uniqueIndex") : "index";
  return `${kind}(${name === null ? "" : JSON.stringify(name)}).on(${keys.map((key) => `${self}.${key}`).join(", ")})`;
}

function addKeys(drizzle: DrizzleTable, draft: Draft, keys: readonly string[]): void {
  if (keys.length === 0) return;
  const [, columns, extras] = drizzle.call.given;
  const body = extras?.kind === "arrow" && extras.parameter !== null ? extras.body : undefined;
  const isObject = body?.kind === "object" && body.spreads.length === 0;
  if (columns === undefined || (extras !== undefined && body?.kind !== "list" && !isObject)) {
    draft.byHand.push(...keys.map((key) => `${place(drizzle)}: ${key}`));
    return;
  }
  for (const key of keys) draft.import(key.slice(0, key.indexOf("(")));
  if (body === undefined) {
    draft.edits.push({ start: columns.end, end: columns.end, text: `, (table) => [${keys.join(", ")}]` });
    return;
  }
  // At the beginning: what stands at the end may be taken away, with its comma.
  const taken = body.kind === "object" ? body.entries.length : 0;
  const written = keys.map((key, at) => (isObject ? `organizationKey${taken + at + 1}: ${key}` : key));
  const { text } = drizzle.file;
  const gap = /^\s*/.exec(text.slice(body.start + 1))?.[0] ?? "";
  const isLines = gap.includes("\n");
  const end = /^\s*[\]}]/.test(text.slice(body.start + 1)) ? "" : isLines ? "," : ", ";
  const at = body.start + 1 + (isLines ? 0 : gap.length);
  const list = written.join(isLines ? `,${gap}` : ", ");
  draft.edits.push({ start: at, end: at, text: `${isLines ? gap : ""}${list}${end}` });
}

function place({ file, declaration }: DrizzleTable): string {
  return placeOf(file, declaration.start);
}
