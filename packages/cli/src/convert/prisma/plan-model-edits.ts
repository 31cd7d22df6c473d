import { isColumnNullable } from "../orm/converted-tables.ts";
import { plannedKeys, type PlannedKey } from "../orm/planned-keys.ts";
import { placeOf } from "../orm/source-error.ts";
import { lineEnd, type TextEdit } from "../orm/text-edit.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import type { PrismaAttribute } from "./parse-prisma-schema.ts";
import { columnOf, fieldOfColumn, keyFields, type PrismaModel } from "./prisma-models.ts";
import { findUnique, removeUnique, whyKept } from "./unique-keys.ts";

/** What changes in a model, and what a person should know of it. */
export interface ModelEdits {
  readonly edits: readonly TextEdit[];
  readonly notes: readonly string[];
}

interface Given {
  readonly plan: Plan;
  readonly table: PlannedTable;
  readonly models: ReadonlyMap<string, PrismaModel>;
}

/** Pure. A model that has it all already gets no edit. */
export function planModelEdits(model: PrismaModel, { plan, table, models }: Given): ModelEdits {
  const { block } = model;
  const [edits, notes]: [TextEdit[], string[]] = [[], []];
  const existing = block.fields.find((field) => columnOf(field) === plan.column);
  const added = existing?.name ?? freeFieldName(model, plan.column);
  if (existing === undefined)
    edits.push(...addField(model, { name: added, column: plan.column, isNullable: isColumnNullable(table) }));
  const lines: string[] = [];
  for (const key of plannedKeys(plan, table)) {
    const fields = key.columns.map((column) => (column === plan.column ? added : fieldOfColumn(model, column)?.name));
    const names = fields.filter((name) => name !== undefined);
    if (names.length < fields.length) {
      notes.push(
        `${placeOf(block.file, block.start)}: ${block.name} has not all fields of the key (${key.columns.join(", ")}), so it is left out.`,
      );
      continue;
    }
    const replaced = table.uniques.filter(({ index }) => key.replaces.includes(index));
    const olds = replaced.flatMap(({ columns }) => findUnique(model, columns) ?? []);
    // A key on some rows only is nothing that the schema has a word for.
    if (replaced.length > 0 && key.name === null && olds.length === 0) continue;
    const written = writeKey(key, names);
    let isWritten = block.attributes.some((attribute) => isKey(attribute, key.isUnique, names));
    for (const old of olds) {
      const problem = whyKept(model, old.names, { models, isNullable: isColumnNullable(table) });
      if (problem !== undefined) {
        notes.push(
          `${placeOf(block.file, block.start)}: ${block.name} keeps its unique (${old.names.join(", ")}): ${problem}`,
        );
        continue;
      }
      edits.push(removeUnique(model, old, isWritten ? "" : written));
      isWritten ||= old.kind === "block";
    }
    if (!isWritten) lines.push(written);
  }
  edits.push(...addLines(model, lines));
  return { edits, notes };
}

/** In the style of the model's own names. */
function freeFieldName({ block }: PrismaModel, column: string): string {
  const isSnake =
    block.fields.some(({ name }) => name.includes("_")) &&
    block.fields.every(({ name }) => name === name.toLowerCase());
  const name = isSnake ? column : column.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return block.fields.some((field) => field.name === name) ? `rowhouse_${column}` : name;
}

/**
 * A line after the model's key, in line with it. A default that the database knows (`dbgenerated()`) lets statements of the old application,
 * which do not name the column, pass the client; a trigger and later the tenant's context fill it.
 */
function addField(
  { block }: PrismaModel,
  { name, column, isNullable }: { name: string; column: string; isNullable: boolean },
): readonly TextEdit[] {
  const anchor =
    block.fields.find(({ attributes }) => attributes.some((each) => each.name === "id")) ?? block.fields[0];
  if (anchor === undefined) return [];
  const { text } = block.file;
  const lineStart = text.lastIndexOf("\n", anchor.start) + 1;
  const attribute = anchor.attributes[0]?.start;
  const map = name === column ? "" : ` @map("${column}")`;
  const written = [
    text.slice(lineStart, anchor.start),
    name.padEnd(Math.max(anchor.typeStart - anchor.start, name.length + 1)),
    `String${isNullable ? "?" : ""}`.padEnd(attribute === undefined ? 0 : attribute - anchor.typeStart - 1),
    `${isNullable ? "" : " @default(dbgenerated())"}${map} @db.Uuid`,
  ].join("");
  return [insertLine(text, lineEnd(text, anchor.end), written)];
}

function writeKey({ isUnique, name, replaces: _ }: PlannedKey, names: readonly string[]): string {
  return `@@${isUnique ? "unique" : "index"}([${names.join(", ")}]${name === null ? "" : `, map: "${name}"`})`;
}

function isKey(attribute: PrismaAttribute, isUnique: boolean, names: readonly string[]): boolean {
  const kinds = isUnique ? ["unique", "id"] : ["index", "unique", "id"];
  return kinds.includes(attribute.name) && keyFields(attribute).join() === names.join();
}

function addLines({ block }: PrismaModel, lines: readonly string[]): readonly TextEdit[] {
  if (lines.length === 0) return [];
  const { text } = block.file;
  const last = block.attributes.at(-1);
  const anchor = last ?? block.fields.at(-1);
  if (anchor === undefined) return [];
  const lineStart = text.lastIndexOf("\n", anchor.start) + 1;
  const indent = text.slice(lineStart, anchor.start);
  const at = lineEnd(text, anchor.end);
  const written = lines.map((line) => insertLine(text, at, indent + line));
  return last === undefined ? [insertLine(text, at, ""), ...written] : written;
}

function insertLine(text: string, at: number, line: string): TextEdit {
  return { start: at, end: at, text: `${line}${text.slice(0, at).endsWith("\r\n") ? "\r\n" : "\n"}` };
}
