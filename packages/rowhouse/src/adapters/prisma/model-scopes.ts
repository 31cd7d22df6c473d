import { RowhouseError } from "../../errors.ts";
import type { TableScopes } from "../../tenant/table-scopes.ts";
import type { PrismaModel, PrismaRelation } from "./read-prisma-schema.ts";

/** A model of a Prisma schema, and how its table is bound to an organization. */
export interface ScopedModel extends PrismaModel {
  /** The field that says whose a row is; undefined for a global table. */
  readonly tenantField: string | undefined;
  /** Rows without an organization are everybody's to read. */
  readonly isMixed: boolean;
}

/** The models of one schema under the tables of one tenancy. Safe to keep: it knows no organization. */
export class ModelScopes {
  readonly #models: ReadonlyMap<string, PrismaModel>;
  readonly #scopes: TableScopes;
  readonly #known = new Map<string, ScopedModel>();
  readonly #joins = new WeakMap<PrismaRelation, boolean>();

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

  /** Both ends are rows of organizations, and the key between them names the organization: what is joined is the same one's. */
  isJoinedByTenant(model: ScopedModel, relation: PrismaRelation): boolean {
    const known = this.#joins.get(relation);
    if (known !== undefined) return known;
    const isJoined = this.#isJoinedByTenant(model, relation);
    this.#joins.set(relation, isJoined);
    return isJoined;
  }

  #isJoinedByTenant(model: ScopedModel, relation: PrismaRelation): boolean {
    const other = this.#bind(relation.target);
    const [holder, held] = relation.fields.length > 0 ? [model, other] : [other, model];
    const key = relation.fields.length > 0 ? relation : this.opposite(model, relation);
    const at = key?.fields.indexOf(holder.tenantField ?? "") ?? -1;
    return at >= 0 && key?.references[at] === held.tenantField;
  }

  #bind(name: string): ScopedModel {
    const model = this.#models.get(name);
    if (model === undefined) throw new RowhouseError("UNKNOWN_TABLE", `The Prisma schema has no model "${name}".`);
    const scope = this.#scopes.get(model.table);
    if (scope.kind === "global") return { ...model, tenantField: undefined, isMixed: false };
    const tenantField = model.fieldOfColumn.get(scope.column);
    if (tenantField !== undefined) return { ...model, tenantField, isMixed: scope.isMixed };
    throw new RowhouseError(
      "INVALID_SETTINGS",
      `Model ${name} has no field for the column "${scope.column}" of its tenant table. Add: ` +
        `organizationId String @map("${scope.column}") @db.Uuid`,
    );
  }

  /**
   * Between tenant tables a join by an id alone would find the twin of a row in another organization. Into a mixed table nothing else
   * leads to everybody's rows; there what is found is filtered.
   */
  #assertRelation(model: ScopedModel, relation: PrismaRelation): void {
    const target = this.#models.get(relation.target);
    const opposite = this.opposite(model, relation);
    const isTenants = target !== undefined && this.#scopes.isTenantTable(target.table);
    const isBetween = relation.fields.length === 0 && opposite?.fields.length === 0;
    const name = `${model.name}.${relation.name}`;
    if (isBetween && (isTenants || model.tenantField !== undefined))
      throw new RowhouseError("INVALID_SETTINGS", describeBetween(name));
    if (!isTenants || model.tenantField === undefined) return;
    if (this.isJoinedByTenant(model, relation)) return;
    const isHolder = relation.fields.length > 0;
    const key = isHolder ? relation : opposite;
    const other = this.#bind(relation.target);
    const [holder, held] = isHolder ? [model, other] : [other, model];
    if (!held.isMixed || key === undefined || key.fields.length === 0)
      throw new RowhouseError("INVALID_SETTINGS", describeLoose(name, key, [holder, held]));
    if (!isHolder || relation.isOptional) return;
    throw new RowhouseError(
      "INVALID_SETTINGS",
      `Relation ${name} leads to a mixed table by ${key.fields.join(", ")} alone, and what it finds must be filtered, which Prisma does ` +
        `for an optional relation. Write ${relation.name} ${relation.target}?; its fields may stay as they are.`,
    );
  }
}

function describeLoose(
  name: string,
  key: PrismaRelation | undefined,
  ends: readonly [ScopedModel, ScopedModel],
): string {
  if (key === undefined) return describeBetween(name);
  const [fields, references] = [key.fields, key.references].map((list) => list.join(", "));
  return (
    `Relation ${name} joins by ${fields} alone, which may be another organization's. Write @relation(fields: ` +
    `[${ends[0].tenantField}, ${fields}], references: [${ends[1].tenantField}, ${references}]).`
  );
}

function describeBetween(name: string): string {
  return `Relation ${name} goes through a table that Prisma makes and that has no organization; write a model for it.`;
}
