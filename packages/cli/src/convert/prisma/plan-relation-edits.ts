import { contractChanges, type ContractChanges } from "../orm/contract-changes.ts";
import { placeOf } from "../orm/source-error.ts";
import type { TextEdit } from "../orm/text-edit.ts";
import type { Plan, PlannedTable } from "../plan.ts";
import { organizationField } from "./organization-field.ts";
import type { PrismaAttribute, PrismaField } from "./parse-prisma-schema.ts";
import {
  argumentOf,
  columnOf,
  fieldNames,
  fieldOfColumn,
  isOneToOne,
  keyFields,
  type PrismaModel,
} from "./prisma-models.ts";

/** What changes in the fields of a model, and what a person should know of it. */
export interface RelationEdits {
  readonly edits: readonly TextEdit[];
  readonly notes: readonly string[];
  /** Unique keys that Prisma wants to see where one row belongs to one: names of fields. */
  readonly uniques: readonly (readonly string[])[];
}

export interface RelationsGiven {
  readonly plan: Plan;
  readonly table: PlannedTable;
  readonly models: ReadonlyMap<string, PrismaModel>;
  /** Prisma does itself what foreign keys would. */
  readonly isEmulated: boolean;
}

/** A relation and the fields that hold its key. */
interface Held {
  readonly field: PrismaField;
  readonly relation: PrismaAttribute;
  readonly keys: readonly PrismaField[];
  readonly target: PrismaModel;
}

/**
 * Relations between tables of organizations go by the organization as well, as the keys of the database do: `rowhouse/prisma` refuses one that
 * could lead elsewhere. Relations to users may be empty, since the user may go and the row stays.
 */
export function planRelationEdits(model: PrismaModel, given: RelationsGiven): RelationEdits {
  const changes = contractChanges(given.plan, given.table);
  const edits: TextEdit[] = [];
  const [notes, uniques]: [string[], string[][]] = [[], []];
  const freed = new Set([...changes.optional].flatMap((column) => fieldOfColumn(model, column) ?? []));
  for (const held of heldRelations(model, given.models)) {
    const { field, relation, keys } = held;
    if (pointsInside(held, given) === true) {
      const own = organizationField(model, given.plan);
      edits.push(...widen(relation, own, organizationField(held.target, given.plan)));
      if (isOneToOne(field, model, given.models)) uniques.push([own, ...keys.map(({ name }) => name)]);
      continue;
    }
    if (pointsInside(held, given) === false) notes.push(note(held, model, looseProblem));
    const isFreed = keys.some((key) => freed.has(key));
    if (isFreed && !field.isOptional) freed.add(field);
    const rule = departureOf(held, changes, given);
    edits.push(...ruleEdits(relation, { rule, isFreed: isFreed && !field.isOptional }));
    if (
      rule === undefined &&
      held.target.table === given.plan.users.table &&
      takesAlong(relation) &&
      !isOnce(held, model)
    )
      notes.push(note(held, model, "takes its rows along with a user who is deleted. Is that meant?"));
  }
  edits.push(...[...freed].flatMap((field) => optionalEdits(model, field)));
  return { edits, notes, uniques };
}

const looseProblem =
  "joins without the organization, and rowhouse/prisma refuses that. Set composite to true for it in the plan if it never leads elsewhere, or leave it out of the schema.";

function note({ field }: Held, { block }: PrismaModel, problem: string): string {
  return `${placeOf(block.file, field.start)}: ${block.name}.${field.name} ${problem}`;
}

function heldRelations({ block }: PrismaModel, models: RelationsGiven["models"]): readonly Held[] {
  return block.fields.flatMap((field) => {
    const relation = field.attributes.find(({ name }) => name === "relation");
    const target = models.get(field.type);
    if (relation === undefined || target === undefined) return [];
    const names = fieldNames(argumentOf(relation, "fields"));
    const keys = names.flatMap((name) => block.fields.find((each) => each.name === name) ?? []);
    return keys.length === 0 ? [] : [{ field, relation, keys, target }];
  });
}

/** True of a relation that will go by the organization as well. */
export function becomesComposite(
  model: PrismaModel,
  field: PrismaField,
  { plan, models }: Pick<RelationsGiven, "plan" | "models">,
): boolean {
  const table = plan.tables.find((each) => each.table === model.table);
  const held = heldRelations(model, models).find((each) => each.field === field);
  return table !== undefined && held !== undefined && pointsInside(held, { plan, table }) === true;
}

/** False for a relation between tables of organizations whose key has no organization in it; undefined for all others, also one that is done. */
function pointsInside(
  { keys, target }: Held,
  { plan, table }: Pick<RelationsGiven, "plan" | "table">,
): boolean | undefined {
  const columns = keys.map(columnOf);
  const parent = plan.tables.find((each) => each.table === target.table);
  if (parent?.class !== "tenant" || columns.includes(plan.column)) return undefined;
  return table.references.some(
    (each) => each.composite && each.parent === target.table && each.columns.join() === columns.join(),
  );
}

/** Before the first of each list: the order in which the keys of the database have them. */
function widen(relation: PrismaAttribute, own: string, theirs: string): readonly TextEdit[] {
  return [["fields", own] as const, ["references", theirs] as const].flatMap(([name, field]) => {
    const list = relation.given.find((each) => each.name === name);
    return list === undefined ? [] : [{ start: list.start + 1, end: list.start + 1, text: `${field}, ` }];
  });
}

function takesAlong(relation: PrismaAttribute): boolean {
  const rule = argumentOf(relation, "onDelete");
  return rule?.kind === "name" && rule.name === "Cascade";
}

/** A vote or a seat: a key holds it once for each user, and it says something of this very user. */
function isOnce({ keys }: Held, { block }: PrismaModel): boolean {
  const inKeys = block.attributes.filter(({ name }) => name === "id" || name === "unique").flatMap(keyFields);
  return keys.some(
    ({ name, attributes }) => inKeys.includes(name) || attributes.some((each) => ["id", "unique"].includes(each.name)),
  );
}

function departureOf(
  { keys }: Held,
  { departures }: ContractChanges,
  { isEmulated }: RelationsGiven,
): string | undefined {
  const columns = keys.map(columnOf).join();
  const rule = departures.find((each) => each.columns.join() === columns)?.rule;
  if (rule === "set null") return "SetNull";
  return rule === undefined ? undefined : isEmulated ? "Restrict" : "NoAction";
}

/** What becomes optional would have another rule by default: the one that held is written out. */
function ruleEdits(
  relation: PrismaAttribute,
  { rule, isFreed }: { rule: string | undefined; isFreed: boolean },
): readonly TextEdit[] {
  const written = relation.given.find(({ name }) => name === "onDelete");
  if (written === undefined)
    return isFreed ? [{ start: relation.end - 1, end: relation.end - 1, text: ", onDelete: Restrict" }] : [];
  if (rule === undefined || !takesAlong(relation)) return [];
  return [{ start: written.start, end: written.end, text: rule }];
}

/** What follows stays in line where there is room. */
function optionalEdits({ block }: PrismaModel, { isOptional, isList, typeEnd }: PrismaField): readonly TextEdit[] {
  if (isOptional || isList) return [];
  const hasRoom = block.file.text.startsWith("  ", typeEnd);
  return [{ start: typeEnd, end: typeEnd + (hasRoom ? 1 : 0), text: "?" }];
}
