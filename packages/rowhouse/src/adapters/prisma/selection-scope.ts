import { unscopable } from "../../tenant/scope-refusals.ts";
import { isArguments, mapEach, mapFields, type Arguments } from "./arguments.ts";
import type { FilterScope } from "./filter-scope.ts";
import type { ModelScopes, ScopedModel } from "./model-scopes.ts";
import type { PrismaRelation } from "./read-prisma-schema.ts";

/** Binds what is read along: `select`, `include`, `_count`, and the order by relations. */
export class SelectionScope {
  readonly #scopes: ModelScopes;
  readonly #filters: FilterScope;

  constructor(scopes: ModelScopes, filters: FilterScope) {
    this.#scopes = scopes;
    this.#filters = filters;
  }

  /** The parts of a call that choose columns, relations and pages; its own `where` is left alone. */
  bind(model: ScopedModel, given: Arguments): Arguments {
    return mapFields(given, (value, key) => {
      if (key === "select" || key === "include") return isArguments(value) ? this.#fields(model, value) : value;
      if (key === "cursor") return this.#filters.cursor(model, value);
      if (key === "orderBy") return mapEach(value, (item) => this.#order(model, item));
      return value;
    });
  }

  #fields(model: ScopedModel, fields: Arguments): Arguments {
    return mapFields(fields, (value, key) => {
      if (key === "_count") return this.#counts(model, value);
      const relation = model.relations.get(key);
      return relation === undefined || isLeftOut(value) ? value : this.#related(model, relation, value);
    });
  }

  #related(model: ScopedModel, relation: PrismaRelation, value: unknown): unknown {
    const target = this.#scopes.get(relation.target);
    const own = this.#filters.ownThrough(model, relation);
    const given = isArguments(value) ? value : {};
    const hasFilter = own !== undefined || isArguments(given["where"]);
    const filter = hasFilter ? { where: this.#filters.where(target, given["where"]) } : {};
    const bound = { ...this.bind(target, given), ...filter };
    return Object.keys(bound).length === 0 ? value : bound;
  }

  #counts(model: ScopedModel, value: unknown): unknown {
    if (isLeftOut(value)) return value;
    const all = Object.fromEntries(
      [...model.relations.values()].filter(({ isList }) => isList).map(({ name }) => [name, true]),
    );
    const chosen = isArguments(value) && isArguments(value["select"]) ? value["select"] : all;
    return { select: this.#fields(model, chosen) };
  }

  #order(model: ScopedModel, order: Arguments): Arguments {
    return mapFields(order, (value, key) => {
      const relation = model.relations.get(key);
      if (relation === undefined || !isArguments(value)) return value;
      if (
        (relation.isList || model.tenantField === undefined) &&
        this.#filters.ownThrough(model, relation) !== undefined
      ) {
        throw unscopable(`${model.name} cannot be put in order by ${key}: every organization's rows would count.`);
      }
      return relation.isList ? value : this.#order(this.#scopes.get(relation.target), value);
    });
  }
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || value === false || value === null;
}
