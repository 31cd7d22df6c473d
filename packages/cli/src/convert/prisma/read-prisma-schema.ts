import { RowhouseError } from "rowhouse";
import type { OrmRelation } from "../orm/orm-relation.ts";
import { readSourceFiles } from "../orm/read-source-files.ts";
import { placeOf, type SourceFile } from "../orm/source-error.ts";
import { sqlName } from "../orm/sql-name.ts";
import { parsePrismaSchema, type PrismaBlock, type PrismaField } from "./parse-prisma-schema.ts";
import { argumentOf, columnOf, fieldNames, prismaModels, type PrismaModel } from "./prisma-models.ts";

/**
 * The relations of a Prisma schema: what the database does not say where `relationMode` is `prisma`.
 *
 * @param path of the schema, or of the folder that holds its files
 * @throws RowhouseError INVALID_INPUT when it is missing or no Prisma schema; the message has the line
 */
export async function readPrismaSchema(path: string): Promise<readonly OrmRelation[]> {
  return relationsOfPrisma(await loadPrismaBlocks(path));
}

/** Every block of every file. @throws RowhouseError INVALID_INPUT */
export async function loadPrismaBlocks(path: string): Promise<readonly PrismaBlock[]> {
  return parsePrismaFiles(await readSourceFiles(path, { flag: "--prisma", name: /\.prisma$/ }));
}

/** @throws RowhouseError INVALID_INPUT where there is no model, or a syntax error */
export function parsePrismaFiles(files: readonly SourceFile[]): readonly PrismaBlock[] {
  const blocks = files.flatMap(parsePrismaSchema);
  if (blocks.some(({ kind }) => kind === "model")) return blocks;
  const named = files.map(({ path }) => path).join(", ");
  throw new RowhouseError(
    "INVALID_INPUT",
    `${named}: there is no model in it. Give --prisma the schema's file, or the folder that holds its files.`,
  );
}

/** Pure: the same from blocks that are parsed. */
export function relationsOfPrisma(blocks: readonly PrismaBlock[]): readonly OrmRelation[] {
  const models = prismaModels(blocks, defaultSchemaOf(blocks));
  return [...models.values()].flatMap((model) => [
    ...model.block.fields.flatMap((field) => writtenRelation(field, model, models)),
    ...model.block.fields.flatMap((field) => joinRelations(field, model, models)),
  ]);
}

/** Of the URL, where it is written out; an application that has it in its environment is taken for one in `public`. */
export function defaultSchemaOf(blocks: readonly PrismaBlock[]): string {
  const url = blocks.find(({ kind }) => kind === "datasource")?.settings.get("url");
  if (url?.kind !== "text" || !URL.canParse(url.text)) return "public";
  return new URL(url.text).searchParams.get("schema") ?? "public";
}

/** The database has no foreign keys, and Prisma does what they would. */
export function isRelationModePrisma(blocks: readonly PrismaBlock[]): boolean {
  const mode = blocks.find(({ kind }) => kind === "datasource")?.settings.get("relationMode");
  return mode?.kind === "text" && mode.text === "prisma";
}

type Models = ReadonlyMap<string, PrismaModel>;

function writtenRelation(field: PrismaField, model: PrismaModel, models: Models): OrmRelation[] {
  const relation = field.attributes.find(({ name }) => name === "relation");
  const parent = models.get(field.type);
  if (relation === undefined || parent === undefined) return [];
  const own = fieldsNamed(model, fieldNames(argumentOf(relation, "fields")));
  const theirs = fieldsNamed(parent, fieldNames(argumentOf(relation, "references")));
  if (own.length === 0 || own.length !== theirs.length) return [];
  return [
    {
      table: model.table,
      columns: own.map(columnOf),
      parent: parent.table,
      parentColumns: theirs.map(columnOf),
      optional: own.some(({ isOptional }) => isOptional),
      at: placeOf(model.block.file, field.start),
    },
  ];
}

/** Lists on both sides without a model between: Prisma keeps the pairs in a table of its own, `_PostToTag (A, B)`. */
function joinRelations(field: PrismaField, model: PrismaModel, models: Models): OrmRelation[] {
  const other = models.get(field.type);
  if (!field.isList || other === undefined) return [];
  const name = relationName(field);
  const back = other.block.fields.find(
    (each) => each !== field && each.isList && each.type === model.block.name && relationName(each) === name,
  );
  // Told once, from the side that Prisma calls A; of two lists in one model, from the first.
  const [own, theirs] = [model.block.name, other.block.name];
  if (back === undefined || own > theirs || (own === theirs && back.start < field.start)) return [];
  const table = sqlName(model.schema, `_${name ?? `${own}To${theirs}`}`);
  const at = placeOf(model.block.file, field.start);
  const sides: readonly (readonly [string, PrismaModel])[] = [
    ["A", model],
    ["B", other],
  ];
  return sides.flatMap(([column, parent]) => {
    const key = parent.block.fields.find(({ attributes }) => attributes.some((each) => each.name === "id"));
    if (key === undefined) return [];
    return [{ table, columns: [column], parent: parent.table, parentColumns: [columnOf(key)], optional: false, at }];
  });
}

function relationName(field: PrismaField): string | undefined {
  const relation = field.attributes.find(({ name }) => name === "relation");
  const value = relation === undefined ? undefined : argumentOf(relation, "name", 0);
  return value?.kind === "text" ? value.text : undefined;
}

function fieldsNamed({ block }: PrismaModel, names: readonly string[]): readonly PrismaField[] {
  return names.flatMap((name) => block.fields.find((field) => field.name === name) ?? []);
}
