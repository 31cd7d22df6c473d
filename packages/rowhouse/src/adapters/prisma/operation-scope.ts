import { unscopable } from "../../tenant/scope-refusals.ts";
import { isArguments, mapFields, type Arguments } from "./arguments.ts";
import { DataScope } from "./data-scope.ts";
import { FilterScope } from "./filter-scope.ts";
import type { ModelScopes, ScopedModel } from "./model-scopes.ts";
import { SelectionScope } from "./selection-scope.ts";

type Part = "where" | "unique" | "ownWhere" | "ownUnique" | "create" | "update";

/** Where each operation of Prisma's has what must be bound. */
const parts: Readonly<Record<string, Readonly<Record<string, Part>>>> = {
  findUnique: { where: "unique" },
  findUniqueOrThrow: { where: "unique" },
  findFirst: { where: "where" },
  findFirstOrThrow: { where: "where" },
  findMany: { where: "where" },
  count: { where: "where" },
  aggregate: { where: "where" },
  groupBy: { where: "where" },
  create: { data: "create" },
  createMany: { data: "create" },
  createManyAndReturn: { data: "create" },
  update: { where: "ownUnique", data: "update" },
  updateMany: { where: "ownWhere", data: "update" },
  updateManyAndReturn: { where: "ownWhere", data: "update" },
  upsert: { where: "ownUnique", create: "create", update: "update" },
  delete: { where: "ownUnique" },
  deleteMany: { where: "ownWhere" },
};

/** Operations whose `select` names columns, and no relations. */
const flat = new Set(["count", "aggregate", "groupBy"]);
const writes = new Set(["delete", "deleteMany"]);

/** Binds the arguments of one organization's calls. Holds with row security taken away, as row security holds without it. */
export class OperationScope {
  readonly #scopes: ModelScopes;
  readonly #filters: FilterScope;
  readonly #selections: SelectionScope;
  readonly #data: DataScope;

  constructor(scopes: ModelScopes, organizationId: string) {
    this.#scopes = scopes;
    this.#filters = new FilterScope(scopes, organizationId);
    this.#selections = new SelectionScope(scopes, this.#filters);
    this.#data = new DataScope(scopes, this.#filters, organizationId);
  }

  /** @throws RowhouseError UNKNOWN_TABLE, READ_ONLY_TABLE, ORGANIZATION_FIXED, UNSCOPABLE_STATEMENT, INVALID_SETTINGS */
  bind(modelName: string, operation: string, given: unknown): Arguments {
    const operationParts = parts[operation];
    if (operationParts === undefined) {
      throw unscopable(`The operation "${operation}" on ${modelName} is unknown to the tenant scope.`);
    }
    const model = this.#scopes.get(modelName);
    if (writes.has(operation)) this.#data.update(model, {});
    const whole = isArguments(given) ? given : {};
    const selected = flat.has(operation) ? this.#page(model, whole) : this.#selections.bind(model, whole);
    const bound = mapFields(operationParts, (part, key) => this.#part(model, part as Part, whole[key]));
    return { ...selected, ...bound };
  }

  #part(model: ScopedModel, part: Part, value: unknown): unknown {
    if (part === "create" || part === "update") return this.#data[part](model, value);
    return this.#filters[part](model, value);
  }

  #page(model: ScopedModel, { select, ...given }: Arguments): Arguments {
    return { ...this.#selections.bind(model, given), ...(select === undefined ? {} : { select }) };
  }
}
