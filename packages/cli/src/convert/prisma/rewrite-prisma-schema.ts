import { assertSameTables, convertedTables } from "../orm/converted-tables.ts";
import { sourceError, type SourceFile } from "../orm/source-error.ts";
import { applyEdits, type TextEdit } from "../orm/text-edit.ts";
import type { Plan } from "../plan.ts";
import { planModelEdits } from "./plan-model-edits.ts";
import { prismaModels, type PrismaModel } from "./prisma-models.ts";
import { defaultSchemaOf, isRelationModePrisma, parsePrismaFiles, relationsOfPrisma } from "./read-prisma-schema.ts";

/** The schema of the converted database. */
export interface RewrittenSchema {
  /** In their order, also those in which nothing changed. */
  readonly files: readonly SourceFile[];
  /** Names of the models that changed. */
  readonly changed: readonly string[];
  /** What a person should know, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Pure. Adds the organization to each model of a converted table, with the keys that begin with it; all else stays byte for byte, and a schema that
 * was rewritten stays as it is. Organizations are fields and no models: a schema that lists `rowhouse` makes Prisma's migrations own that schema, and
 * they drop what they do not know in it. Relations between tables of organizations go by the organization too, as the database's keys do and as
 * `rowhouse/prisma` asks; columns that the last phase lets be empty are optional.
 *
 * @throws RowhouseError INVALID_INPUT when a file is no Prisma schema, or has no table of the plan
 */
export function rewritePrismaSchema(files: readonly SourceFile[], plan: Plan): RewrittenSchema {
  const blocks = parsePrismaFiles(files);
  const models = prismaModels(blocks, defaultSchemaOf(blocks));
  assertSameTables(plan, new Set([...models.values()].map(({ table }) => table)));
  assertOneModelEach(models);
  const [changed, notes]: [string[], string[]] = [[], []];
  const edits = new Map<SourceFile, TextEdit[]>();
  const wanting = new Map(convertedTables(plan));
  const isEmulated = isRelationModePrisma(blocks);
  for (const model of models.values()) {
    const table = wanting.get(model.table);
    if (table === undefined) continue;
    wanting.delete(model.table);
    const planned = planModelEdits(model, { plan, table, models, isEmulated });
    notes.push(...planned.notes);
    if (planned.edits.length === 0) continue;
    changed.push(model.block.name);
    edits.set(model.block.file, [...(edits.get(model.block.file) ?? []), ...planned.edits]);
  }
  for (const { table, at } of relationsOfPrisma(blocks))
    if (wanting.delete(table))
      notes.push(
        `${at}: Prisma keeps the pairs in ${table} by itself. The database fills their organization; rowhouse/prisma wants a model of it, with relations that begin with the organization.`,
      );
  for (const table of wanting.keys())
    notes.push(`${table} has no model: what reads it must name the organization itself.`);
  return {
    files: files.map((file) => ({ path: file.path, text: applyEdits(file.text, edits.get(file) ?? []) })),
    changed,
    notes,
  };
}

/** @throws RowhouseError INVALID_INPUT */
function assertOneModelEach(models: ReadonlyMap<string, PrismaModel>): void {
  const first = new Map<string, PrismaModel>();
  for (const model of models.values()) {
    const other = first.get(model.table);
    const { block } = model;
    if (other !== undefined)
      throw sourceError(
        block.file,
        block.start,
        `${block.name} and ${other.block.name} are both models of ${model.table}.`,
      );
    first.set(model.table, model);
  }
}
