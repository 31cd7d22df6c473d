import { isColumnNullable } from "../orm/converted-tables.ts";
import { plannedKeys, type PlannedKey } from "../orm/planned-keys.ts";
import { placeOf } from "../orm/source-error.ts";
import type { TextEdit } from "../orm/text-edit.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import type { PrismaAttribute, PrismaField } from "./parse-prisma-schema.ts";
import { argumentOf, columnOf, fieldNames, type PrismaModel } from "./prisma-models.ts";

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
    const old =
      key.replaces === null ? undefined : findUnique(model, { key: names.slice(1), table, index: key.replaces });
    const problem =
      old === undefined ? undefined : whyKept(model, old.names, { models, isNullable: isColumnNullable(table) });
    if (problem !== undefined)
      notes.push(
        `${placeOf(block.file, block.start)}: ${block.name} keeps its unique (${old?.names.join(", ") ?? ""}): ${problem}`,
      );
    const written = writeKey(key, names);
    const isThere = block.attributes.some((attribute) => isKey(attribute, key.isUnique, names));
    if (old !== undefined && problem === undefined) edits.push(removeUnique(model, old, isThere ? "" : written));
    if (isThere || (old?.kind === "block" && problem === undefined)) continue;
    lines.push(written);
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

function fieldOfColumn({ block }: PrismaModel, column: string): PrismaField | undefined {
  return block.fields.find((field) => columnOf(field) === column && !field.isList);
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
  return kinds.includes(attribute.name) && fieldsOf(attribute).join() === names.join();
}

function fieldsOf(attribute: PrismaAttribute): readonly string[] {
  return fieldNames(argumentOf(attribute, "fields", 0));
}

interface Unique {
  readonly kind: "field" | "block";
  readonly names: readonly string[];
  readonly attribute: PrismaAttribute;
}

/** By its fields: those of the new key, or those that the plan names for the old index, which may hold one more. */
function findUnique(
  model: PrismaModel,
  { key, table, index }: { key: readonly string[]; table: PlannedTable; index: string },
): Unique | undefined {
  const columns = table.uniques.find((each) => each.index === index)?.columns ?? [];
  const old = columns.map((column) => fieldOfColumn(model, column)?.name).join();
  const wanted = new Set([key.join(), old]);
  const uniques: Unique[] = [
    ...model.block.fields.flatMap(({ name, attributes }) =>
      attributes
        .filter((each) => each.name === "unique")
        .map((attribute) => ({ kind: "field" as const, names: [name], attribute })),
    ),
    ...model.block.attributes
      .filter((each) => each.name === "unique")
      .map((attribute) => ({ kind: "block" as const, names: fieldsOf(attribute), attribute })),
  ];
  return uniques.find(({ names }) => wanted.has(names.join()));
}

/** Prisma wants a unique key where a relation has one row on either side, and one in every model. */
function whyKept(
  model: PrismaModel,
  names: readonly string[],
  { models, isNullable }: { models: Given["models"]; isNullable: boolean },
): string | undefined {
  const list = names.join();
  for (const { block } of models.values())
    for (const field of block.fields) {
      const relation = field.attributes.find(({ name }) => name === "relation");
      if (relation === undefined) continue;
      const from = fieldNames(argumentOf(relation, "fields")).join();
      const to = fieldNames(argumentOf(relation, "references")).join();
      if (field.type === model.block.name && to === list)
        return `${block.name}.${field.name} points to it. Within an organization it holds.`;
      if (block === model.block && from === list && isOneToOne(field, model, models))
        return `${field.name} is one to one by it. Within an organization it holds.`;
    }
  const isId = ({ name }: PrismaAttribute): boolean => name === "id";
  const hasId = model.block.attributes.some(isId) || model.block.fields.some(({ attributes }) => attributes.some(isId));
  return hasId || !isNullable ? undefined : "the model has no other key.";
}

function isOneToOne(field: PrismaField, model: PrismaModel, models: Given["models"]): boolean {
  const back = models.get(field.type)?.block.fields.filter(({ type }) => type === model.block.name) ?? [];
  return back.some(
    ({ isList, attributes }) =>
      !isList && !attributes.some((each) => fieldNames(argumentOf(each, "fields")).length > 0),
  );
}

/** A comment on the line stays: of a field only the attribute goes, of the model it becomes the new one. */
function removeUnique({ block }: PrismaModel, { kind, attribute }: Unique, written: string): TextEdit {
  const { text } = block.file;
  if (kind === "block" && written !== "") return { start: attribute.start, end: attribute.end, text: written };
  if (kind === "block")
    return { start: text.lastIndexOf("\n", attribute.start) + 1, end: lineEnd(text, attribute.end), text: "" };
  const next = attribute.end + (/^[^\S\n]*(?=@)/.exec(text.slice(attribute.end))?.[0].length ?? 0);
  const start = next > attribute.end ? attribute.start : text.slice(0, attribute.start).trimEnd().length;
  return { start, end: next, text: "" };
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

/** Past the line's end. */
function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? text.length : at + 1;
}

function insertLine(text: string, at: number, line: string): TextEdit {
  return { start: at, end: at, text: `${line}${text.slice(0, at).endsWith("\r\n") ? "\r\n" : "\n"}` };
}
