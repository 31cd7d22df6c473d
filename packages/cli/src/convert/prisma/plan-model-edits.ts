import { isColumnNullable } from "../orm/converted-tables.ts";
import { plannedKeys, type PlannedKey } from "../orm/planned-keys.ts";
import { placeOf } from "../orm/source-error.ts";
import { lineEnd, type TextEdit } from "../orm/text-edit.ts";
import { organizationField } from "./organization-field.ts";
import { planRelationEdits, type RelationsGiven } from "./plan-relation-edits.ts";
import { columnOf, fieldOfColumn, keyFields, type PrismaModel } from "./prisma-models.ts";
import { findUnique, removeUnique, whyKept } from "./unique-keys.ts";

/** What changes in a model, and what a person should know of it. */
export interface ModelEdits {
  readonly edits: readonly TextEdit[];
  readonly notes: readonly string[];
}

/** Pure. A model that has it all already gets no edit. */
export function planModelEdits(model: PrismaModel, given: RelationsGiven): ModelEdits {
  const { plan, table } = given;
  const added = organizationField(model, plan);
  const relations = planRelationEdits(model, given);
  const keys = planKeyEdits(model, added, given);
  const made = [...keys.lines, ...keys.edits.map(({ text }) => text)];
  const wanted = relations.uniques
    .filter((names) => !hasKey(model, true, names))
    .map((names) => written({ isUnique: true, name: null }, names))
    .filter((line) => !made.some((each) => each.startsWith(line.slice(0, -1))));
  const isThere = model.block.fields.some((field) => columnOf(field) === plan.column);
  return {
    edits: [
      ...(isThere ? [] : addField(model, { name: added, column: plan.column, isNullable: isColumnNullable(table) })),
      ...relations.edits,
      ...keys.edits,
      ...addLines(model, [...keys.lines, ...wanted]),
    ],
    notes: [...relations.notes, ...keys.notes],
  };
}

interface KeyEdits extends ModelEdits {
  /** At the model's end. */
  readonly lines: readonly string[];
}

function planKeyEdits(model: PrismaModel, added: string, { plan, table, models }: RelationsGiven): KeyEdits {
  const { block } = model;
  const at = placeOf(block.file, block.start);
  const [edits, notes, lines]: [TextEdit[], string[], string[]] = [[], [], []];
  for (const key of plannedKeys(plan, table)) {
    const fields = key.columns.map((column) => (column === plan.column ? added : fieldOfColumn(model, column)?.name));
    const names = fields.filter((name) => name !== undefined);
    if (names.length < fields.length) {
      notes.push(`${at}: ${block.name} has not all fields of the key (${key.columns.join(", ")}), so it is left out.`);
      continue;
    }
    const replaced = table.uniques.filter(({ index }) => key.replaces.includes(index));
    const olds = replaced.flatMap(({ columns }) => findUnique(model, columns) ?? []);
    // A key on some rows only is nothing that the schema has a word for.
    if (replaced.length > 0 && key.name === null && olds.length === 0) continue;
    let isWritten = hasKey(model, key.isUnique, names);
    for (const old of olds) {
      const problem = whyKept(model, old.names, { plan, models, isNullable: isColumnNullable(table) });
      if (problem !== undefined) {
        notes.push(`${at}: ${block.name} keeps its unique (${old.names.join(", ")}): ${problem}`);
        continue;
      }
      edits.push(removeUnique(model, old, isWritten ? "" : written(key, names)));
      isWritten ||= old.kind === "block";
    }
    if (!isWritten) lines.push(written(key, names));
  }
  return { edits, notes, lines };
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

function written({ isUnique, name }: Pick<PlannedKey, "isUnique" | "name">, names: readonly string[]): string {
  return `@@${isUnique ? "unique" : "index"}([${names.join(", ")}]${name === null ? "" : `, map: "${name}"`})`;
}

function hasKey({ block }: PrismaModel, isUnique: boolean, names: readonly string[]): boolean {
  const kinds = isUnique ? ["unique", "id"] : ["index", "unique", "id"];
  return block.attributes.some(
    (attribute) => kinds.includes(attribute.name) && keyFields(attribute).join() === names.join(),
  );
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
