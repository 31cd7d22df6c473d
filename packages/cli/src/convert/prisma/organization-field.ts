import type { Plan } from "../plan.ts";
import { fieldOfColumn, type PrismaModel } from "./prisma-models.ts";

/** The name of the field that says whose a row is, also where it is still to be added: in the style of the model's own names. */
export function organizationField(model: PrismaModel, { column }: Plan): string {
  const existing = fieldOfColumn(model, column);
  if (existing !== undefined) return existing.name;
  const { fields } = model.block;
  const isSnake =
    fields.some(({ name }) => name.includes("_")) && fields.every(({ name }) => name === name.toLowerCase());
  const name = isSnake ? column : column.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return fields.some((field) => field.name === name) ? `rowhouse_${column}` : name;
}
