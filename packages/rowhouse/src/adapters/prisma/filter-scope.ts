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

  /** A filter of many rows that are read. */
  where(model: ScopedModel, where: unknown): unknown {
    return this.#both(this.#readable(model), model, where);
  }

  /** A filter of many rows that are written. */
  ownWhere(model: ScopedModel, where: unknown): unknown {
    return this.#both(this.#own(model), model, where);
  }

  /** A filter of one row that is read, by a key: never by an id alone. */
  unique(model: ScopedModel, where: unknown): unknown {
    if (!model.isMixed || !isArguments(where)) return this.ownUnique(model, where);
    return withCondition(this.#readable(model), this.#inside(model, where));
  }

  /** The same of one row that is written. Of a mixed model Prisma takes no key that names the organization, since that may be null. */
  ownUnique(model: ScopedModel, where: unknown): unknown {
    if (!isArguments(where)) return where;
    const inside = this.#inside(model, where);
    if (model.isMixed) return withCondition(this.#own(model), inside);
    if (model.tenantField === undefined || this.#isBound(model, inside)) return inside;
    return this.#byCompoundKey(model, inside) ?? withCondition(this.#own(model), inside);
  }

  /** Where a page begins. Prisma takes nothing but a key here; of a mixed table row security alone holds it. */
  cursor(model: ScopedModel, cursor: unknown): unknown {
    if (!isArguments(cursor) || model.tenantField === undefined || model.isMixed) return cursor;
    const bound = this.#isBound(model, cursor) ? cursor : this.#byCompoundKey(model, cursor);
    if (bound !== undefined) return bound;
    throw unscopable(
      `The cursor on ${model.name} is a key without the organization, or with another one. ` +
        `Give the model @@unique([${model.tenantField}, …]) over it.`,
    );
  }

  /** What a relation may find: where it leads from rows of everybody to rows of organizations. Undefined where the join binds them. */
  ownThrough(model: ScopedModel, relation: PrismaRelation): Arguments | undefined {
    const target = this.#scopes.get(relation.target);
    if (target.tenantField === undefined) return undefined;
    if (model.tenantField !== undefined)
      return this.#scopes.isJoinedByTenant(model, relation) ? undefined : this.#readable(target);
    if (relation.isList) return this.#readable(target);
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
      const one = (item: unknown): unknown =>
        own === undefined || !isArguments(item) ? within(item) : { AND: [own, within(item)] };
      const isExplicit = Object.keys(value).some((key) => key === "is" || key === "isNot");
      if (isExplicit) return mapFields(value, one);
      const inside = this.#inside(target, value);
      return own === undefined ? inside : { AND: [own, inside] };
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

  #both(condition: Arguments | undefined, model: ScopedModel, where: unknown): unknown {
    const inside = isArguments(where) ? this.#inside(model, where) : where;
    if (condition === undefined) return inside;
    return inside === undefined ? condition : { AND: [condition, inside] };
  }

  #own({ tenantField }: ScopedModel): Arguments | undefined {
    return tenantField === undefined ? undefined : { [tenantField]: this.#organizationId };
  }

  #readable(model: ScopedModel): Arguments | undefined {
    const own = this.#own(model);
    return own !== undefined && model.isMixed ? { OR: [own, { [model.tenantField ?? ""]: null }] } : own;
  }
}

function withCondition(condition: Arguments | undefined, where: Arguments): Arguments {
  if (condition === undefined) return where;
  const and = where["AND"] === undefined ? [] : [where["AND"]].flat();
  return { ...where, AND: [condition, ...and] };
}

function isKeyValue(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== "object" || value instanceof Date);
}
