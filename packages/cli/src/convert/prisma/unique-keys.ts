import { lineEnd, type TextEdit } from "../orm/text-edit.ts";
import type { Plan } from "../plan.ts";
import type { PrismaAttribute } from "./parse-prisma-schema.ts";
import { argumentOf, fieldNames, fieldOfColumn, isOneToOne, keyFields, type PrismaModel } from "./prisma-models.ts";
import { becomesComposite } from "./plan-relation-edits.ts";

/** A unique key as a model has it. */
export interface Unique {
  readonly kind: "field" | "block";
  readonly names: readonly string[];
  readonly attribute: PrismaAttribute;
}

/** By its columns, raw. */
export function findUnique(model: PrismaModel, columns: readonly string[]): Unique | undefined {
  const wanted = columns.map((column) => fieldOfColumn(model, column)?.name).join();
  const uniques: Unique[] = [
    ...model.block.fields.flatMap(({ name, attributes }) =>
      attributes
        .filter((each) => each.name === "unique")
        .map((attribute) => ({ kind: "field" as const, names: [name], attribute })),
    ),
    ...model.block.attributes
      .filter((each) => each.name === "unique")
      .map((attribute) => ({ kind: "block" as const, names: keyFields(attribute), attribute })),
  ];
  return uniques.find(({ names }) => names.join() === wanted);
}

/** Prisma wants a unique key where a relation has one row on either side, and one in every model. */
export function whyKept(
  model: PrismaModel,
  names: readonly string[],
  { plan, models, isNullable }: { plan: Plan; models: ReadonlyMap<string, PrismaModel>; isNullable: boolean },
): string | undefined {
  const list = names.join();
  for (const holder of models.values())
    for (const field of holder.block.fields) {
      const { block } = holder;
      const relation = field.attributes.find(({ name }) => name === "relation");
      if (relation === undefined || becomesComposite(holder, field, { plan, models })) continue;
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

/** A comment on the line stays: of a field only the attribute goes, of the model it becomes the new one. */
export function removeUnique({ block }: PrismaModel, { kind, attribute }: Unique, written: string): TextEdit {
  const { text } = block.file;
  if (kind === "block" && written !== "") return { start: attribute.start, end: attribute.end, text: written };
  if (kind === "block")
    return { start: text.lastIndexOf("\n", attribute.start) + 1, end: lineEnd(text, attribute.end), text: "" };
  const next = attribute.end + (/^[^\S\n]*(?=@)/.exec(text.slice(attribute.end))?.[0].length ?? 0);
  const start = next > attribute.end ? attribute.start : text.slice(0, attribute.start).trimEnd().length;
  return { start, end: next, text: "" };
}
