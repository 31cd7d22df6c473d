import { placeOf, sourceError } from "../orm/source-error.ts";
import { sqlName } from "../orm/sql-name.ts";
import type { PrismaArgument, PrismaAttribute, PrismaBlock, PrismaField, PrismaValue } from "./parse-prisma-schema.ts";

/** A model and the table that it stands for. */
export interface PrismaModel {
  readonly block: PrismaBlock;
  /** `schema.table`, quoted where SQL needs it. */
  readonly table: string;
  /** Raw. */
  readonly schema: string;
}

/** The models of all files of a schema, by name. @throws RowhouseError INVALID_INPUT for a name that two of them have */
export function prismaModels(
  blocks: readonly PrismaBlock[],
  defaultSchema = "public",
): ReadonlyMap<string, PrismaModel> {
  const models = new Map<string, PrismaModel>();
  for (const block of blocks) {
    if (block.kind !== "model") continue;
    const other = models.get(block.name)?.block;
    if (other !== undefined)
      throw sourceError(
        block.file,
        block.start,
        `${block.name} is a model already, at ${placeOf(other.file, other.start)}.`,
      );
    const schema = textOf(block.attributes, "schema") ?? defaultSchema;
    models.set(block.name, { block, schema, table: sqlName(schema, textOf(block.attributes, "map") ?? block.name) });
  }
  return models;
}

/** The raw name of a field's column. */
export function columnOf(field: PrismaField): string {
  return textOf(field.attributes, "map") ?? field.name;
}

/** The names in a list of fields, as `fields: [a, b]` and `@@unique([a(sort: Desc), b])` have them. */
export function fieldNames(value: PrismaValue | undefined): readonly string[] {
  if (value?.kind !== "list") return [];
  return value.items.flatMap((item) => (item.kind === "name" ? [item.name] : []));
}

/** What an attribute is given under this name, or, with a place, without a name there. */
export function argumentOf(attribute: PrismaAttribute, name: string, place?: number): PrismaValue | undefined {
  const byName = attribute.given.find((argument) => argument.name === name);
  const byPlace = place === undefined ? undefined : attribute.given[place];
  return (byName ?? (byPlace?.name === null ? byPlace : undefined))?.value;
}

/** The field of a column, by its raw name. */
export function fieldOfColumn({ block }: PrismaModel, column: string): PrismaField | undefined {
  return block.fields.find((field) => columnOf(field) === column && !field.isList);
}

/** The fields of `@@unique([a, b])` and its like. */
export function keyFields(attribute: PrismaAttribute): readonly string[] {
  return fieldNames(argumentOf(attribute, "fields", 0));
}

/** The other side of a relation that this model holds has one row, not a list. */
export function isOneToOne(field: PrismaField, model: PrismaModel, models: ReadonlyMap<string, PrismaModel>): boolean {
  const back = models.get(field.type)?.block.fields.filter(({ type }) => type === model.block.name) ?? [];
  return back.some(
    ({ isList, attributes }) =>
      !isList && !attributes.some((each) => fieldNames(argumentOf(each, "fields")).length > 0),
  );
}

function textOf(attributes: readonly PrismaAttribute[], name: string): string | undefined {
  const attribute = attributes.find((each) => each.name === name);
  const given: PrismaArgument | undefined = attribute?.given.find((each) => each.name === null || each.name === "name");
  return given?.value.kind === "text" ? given.value.text : undefined;
}
