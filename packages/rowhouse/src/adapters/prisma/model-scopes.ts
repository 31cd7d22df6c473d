import { RowhouseError } from "../../errors.ts";
import type { TableScopes } from "../../tenant/table-scopes.ts";
import type { PrismaModel, PrismaRelation } from "./read-prisma-schema.ts";

/** A model of a Prisma schema, and how its table is bound to an organization. */
export interface ScopedModel extends PrismaModel {
  /** The field that says whose a row is; undefined for a global table. */
  readonly tenantField: string | undefined;
}

/** The models of one schema under the tables of one tenancy. Safe to keep: it knows no organization. */
export class ModelScopes {
  readonly #models: ReadonlyMap<string, PrismaModel>;
  readonly #scopes: TableScopes;
  readonly #known = new Map<string, ScopedModel>();

  constructor(models: ReadonlyMap<string, PrismaModel>, scopes: TableScopes) {
    this.#models = models;
    this.#scopes = scopes;
  }

  /** @throws RowhouseError UNKNOWN_TABLE, INVALID_SETTINGS for a relation that could lead to another organization */
  get(name: string): ScopedModel {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const model = this.#bind(name);
    for (const relation of model.relations.values()) this.#assertRelation(model, relation);
    this.#known.set(name, model);
    return model;
  }

  /** The same relation as the model at its other end has it. */
  opposite(model: PrismaModel, relation: PrismaRelation): PrismaRelation | undefined {
    const candidates = [...(this.#models.get(relation.target)?.relations.values() ?? [])];
    return candidates.find(
      (other) =>
        other.relationName === relation.relationName &&
        other.target === model.name &&
        !(relation.target === model.name && other.name === relation.name),
    );
  }

  #bind(name: string): ScopedModel {
    const model = this.#models.get(name);
    if (model === undefined) throw new RowhouseError("UNKNOWN_TABLE", `The Prisma schema has no model "${name}".`);
    const scope = this.#scopes.get(model.table);
    if (scope.kind === "global") return { ...model, tenantField: undefined };
    const tenantField = model.fieldOfColumn.get(scope.column);
    if (tenantField !== undefined) return { ...model, tenantField };
    throw new RowhouseError(
      "INVALID_SETTINGS",
      `Model ${name} has no field for the column "${scope.column}" of its tenant table. Add: ` +
        `organizationId String @map("${scope.column}") @db.Uuid`,
    );
  }

  /** Between tenant tables a join by an id alone would find the twin of a row in another organization. */
  #assertRelation(model: ScopedModel, relation: PrismaRelation): void {
    const target = this.#models.get(relation.target);
    if (target === undefined || !this.#scopes.isTenantTable(target.table) || model.tenantField === undefined) return;
    const other = this.opposite(model, relation);
    const [holder, key] = relation.fields.length > 0 ? [model, relation] : [this.#bind(relation.target), other];
    const held = relation.fields.length > 0 ? this.#bind(relation.target) : model;
    if (key?.fields.some((field, at) => isTenantPair(holder, field, held, key.references[at])) === true) return;
    throw new RowhouseError("INVALID_SETTINGS", describeLoose(`${model.name}.${relation.name}`, key, [holder, held]));
  }
}

function isTenantPair(holder: ScopedModel, field: string, held: ScopedModel, reference: string | undefined): boolean {
  return field === holder.tenantField && reference === held.tenantField;
}

function describeLoose(
  name: string,
  key: PrismaRelation | undefined,
  ends: readonly [ScopedModel, ScopedModel],
): string {
  if (key === undefined || key.fields.length === 0) {
    return `Relation ${name} goes through a table that Prisma makes and that has no organization; write a model for it.`;
  }
  const [fields, references] = [key.fields, key.references].map((list) => list.join(", "));
  return (
    `Relation ${name} joins by ${fields} alone, which may be another organization's. Write @relation(fields: ` +
    `[${ends[0].tenantField}, ${fields}], references: [${ends[1].tenantField}, ${references}]).`
  );
}
