import { unscopable } from "../../tenant/scope-refusals.ts";
import { isArguments, mapEach, mapFields, type Arguments } from "./arguments.ts";
import type { ModelScopes, ScopedModel } from "./model-scopes.ts";
import type { PrismaRelation } from "./read-prisma-schema.ts";

/** Binds what rows are chosen by. */
export class FilterScope {
  readonly #scopes: ModelScopes;
  readonly #organizationId: string;

  constructor(scopes: ModelScopes, organizationId: string) {
    this.#scopes = scopes;
    this.#organizationId = organizationId;
  }

  /** A filter of many rows. */
  where(model: ScopedModel, where: unknown): unknown {
    return this.#both(model, isArguments(where) ? this.#inside(model, where) : where);
  }

  /** A filter of one row by a key: never by an id alone. */
  unique(model: ScopedModel, where: unknown): unknown {
    if (!isArguments(where)) return where;
    const inside = this.#inside(model, where);
    if (model.tenantField === undefined || this.#isBound(model, inside)) return inside;
    const and = inside["AND"] === undefined ? [] : [inside["AND"]].flat();
    return this.#byCompoundKey(model, inside) ?? { ...inside, AND: [this.#own(model), ...and] };
  }

  /** Where a page begins. Prisma takes nothing but a key here. */
  cursor(model: ScopedModel, cursor: unknown): unknown {
    if (!isArguments(cursor) || model.tenantField === undefined) return cursor;
    const bound = this.#isBound(model, cursor) ? cursor : this.#byCompoundKey(model, cursor);
    if (bound !== undefined) return bound;
    throw unscopable(
      `The cursor on ${model.name} is a key without the organization, or with another one. ` +
        `Give the model @@unique([${model.tenantField}, …]) over it.`,
    );
  }

  /** Rows of a relation that leads from rows of everybody to rows of organizations; undefined where the join binds them. */
  ownThrough(model: ScopedModel, relation: PrismaRelation): Arguments | undefined {
    const target = this.#scopes.get(relation.target);
    if (model.tenantField !== undefined || target.tenantField === undefined) return undefined;
    if (relation.isList) return this.#own(target);
    throw unscopable(`${model.name}.${relation.name} leads from a global table to one organization's row.`);
  }

  /** Everything inside of a filter but the rows of the model itself. */
  #inside(model: ScopedModel, where: Arguments): Arguments {
    return mapFields(where, (value, key) => {
      if (key === "AND" || key === "OR" || key === "NOT") return mapEach(value, (item) => this.#inside(model, item));
      const relation = model.relations.get(key);
      return relation !== undefined && isArguments(value) ? this.#related(model, relation, value) : value;
    });
  }

  #related(model: ScopedModel, relation: PrismaRelation, value: Arguments): Arguments {
    const own = this.ownThrough(model, relation);
    const target = this.#scopes.get(relation.target);
    const within = (item: unknown): unknown => (isArguments(item) ? this.#inside(target, item) : item);
    if (!relation.isList) {
      const isExplicit = Object.keys(value).some((key) => key === "is" || key === "isNot");
      return isExplicit ? mapFields(value, within) : this.#inside(target, value);
    }
    return mapFields(value, (item, quantifier) => {
      if (own === undefined || item === undefined) return within(item);
      return quantifier === "every" ? { OR: [{ NOT: own }, within(item)] } : { AND: [own, within(item)] };
    });
  }

  /** By a compound key that names the organization itself. */
  #isBound(model: ScopedModel, where: Arguments): boolean {
    return [...model.compoundKeys].some(([name, fields]) => {
      const key = where[name];
      if (!isArguments(key) || model.tenantField === undefined || !fields.includes(model.tenantField)) return false;
      return key[model.tenantField] === this.#organizationId;
    });
  }

  /** `{ id }` as the key (organization, id): it keeps Prisma's own upsert in one statement, and its batches. */
  #byCompoundKey(model: ScopedModel, where: Arguments): Arguments | undefined {
    const tenantField = model.tenantField ?? "";
    for (const [name, fields] of model.compoundKeys) {
      const others = fields.filter((field) => field !== tenantField);
      if (others.length === fields.length || where[name] !== undefined) continue;
      if (!others.every((field) => isKeyValue(where[field]))) continue;
      const rest = Object.entries(where).filter(([field]) => !others.includes(field));
      const key = Object.fromEntries(others.map((field) => [field, where[field]]));
      return { ...Object.fromEntries(rest), [name]: { ...key, [tenantField]: this.#organizationId } };
    }
    return undefined;
  }

  #both(model: ScopedModel, where: unknown): unknown {
    if (model.tenantField === undefined) return where;
    return where === undefined ? this.#own(model) : { AND: [this.#own(model), where] };
  }

  #own(model: ScopedModel): Arguments {
    return model.tenantField === undefined ? {} : { [model.tenantField]: this.#organizationId };
  }
}

function isKeyValue(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== "object" || value instanceof Date);
}
