import { unscopable } from "../../tenant/scope-refusals.ts";
import { isArguments, type Arguments } from "./arguments.ts";
import { DataScope } from "./data-scope.ts";
import { FilterScope } from "./filter-scope.ts";
import type { ModelScopes, ScopedModel } from "./model-scopes.ts";
import { SelectionScope } from "./selection-scope.ts";

type Part = "where" | "unique" | "create" | "update";

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
  update: { where: "unique", data: "update" },
  updateMany: { where: "where", data: "update" },
  updateManyAndReturn: { where: "where", data: "update" },
  upsert: { where: "unique", create: "create", update: "update" },
  delete: { where: "unique" },
  deleteMany: { where: "where" },
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
    const bound = Object.entries(operationParts).map(([key, part]) => [key, this.#part(model, part, whole[key])]);
    return { ...selected, ...Object.fromEntries(bound) };
  }

  #part(model: ScopedModel, part: Part, value: unknown): unknown {
    if (part === "where") return this.#filters.where(model, value);
    if (part === "unique") return this.#filters.unique(model, value);
    return part === "create" ? this.#data.create(model, value) : this.#data.update(model, value);
  }

  #page(model: ScopedModel, { select, ...given }: Arguments): Arguments {
    return { ...this.#selections.bind(model, given), ...(select === undefined ? {} : { select }) };
  }
}
