import { RowhouseError } from "../../errors.ts";
import { unscopable } from "../../tenant/scope-refusals.ts";
import { isArguments, mapEach, mapFields, type Arguments } from "./arguments.ts";
import type { FilterScope } from "./filter-scope.ts";
import type { ModelScopes, ScopedModel } from "./model-scopes.ts";
import type { PrismaRelation } from "./read-prisma-schema.ts";

/** The end of a relation that is written to through it. */
interface Far {
  readonly model: ScopedModel;
  /** The key that the far row holds to the near one gives it the organization. */
  readonly inherits: boolean;
  readonly isList: boolean;
  /** The near row holds the key, so that to connect a row writes nothing to it. */
  readonly isHeldByNear: boolean;
  /** The join finds rows of the organization alone. */
  readonly isJoinedByTenant: boolean;
}

/** Binds what is written: rows are stamped, rows that are connected are the organization's own, and none is moved. */
export class DataScope {
  readonly #scopes: ModelScopes;
  readonly #filters: FilterScope;
  readonly #organizationId: string;

  constructor(scopes: ModelScopes, filters: FilterScope, organizationId: string) {
    this.#scopes = scopes;
    this.#filters = filters;
    this.#organizationId = organizationId;
  }

  create(model: ScopedModel, data: unknown, inherits = false): unknown {
    assertWritable(model);
    return mapEach(data ?? {}, (row) => {
      this.#assertOwn(model, row);
      const bound = this.#relations(model, row);
      return inherits ? bound : { ...bound, ...this.#stamp(model, row) };
    });
  }

  update(model: ScopedModel, data: unknown): unknown {
    assertWritable(model);
    return mapEach(data, (row) => {
      this.#assertOwn(model, row);
      return this.#relations(model, row);
    });
  }

  /** Prisma takes either keys or relations; the organization is written in whichever form the rest has. */
  #stamp(model: ScopedModel, row: Arguments): Arguments {
    const tenantField = model.tenantField ?? "";
    if (row[tenantField] !== undefined) return {};
    const holders = [...model.relations.values()].filter(({ fields }) => fields.length > 0);
    const used = holders.filter(({ name }) => row[name] !== undefined);
    if (used.some(({ fields }) => fields.includes(tenantField))) return {};
    const isKey = holders.some(({ fields }) => fields.includes(tenantField));
    if (used.length === 0 || !isKey) return { [tenantField]: this.#organizationId };
    const root = holders.find(({ fields }) => fields.length === 1 && fields[0] === tenantField);
    const [reference] = root?.references ?? [];
    if (model.isMixed && (root === undefined || reference === undefined)) {
      throw unscopable(
        `A row of the mixed model ${model.name} is the organization's only if ${tenantField} can be written, which Prisma refuses beside ` +
          `${used.map(({ name }) => name).join(", ")}. Give their keys themselves, as ${used[0]?.fields.join(", ") ?? ""}.`,
      );
    }
    if (root === undefined || reference === undefined) return {};
    return { [root.name]: { connect: { [reference]: this.#organizationId } } };
  }

  #assertOwn({ name, tenantField = "" }: ScopedModel, row: Arguments): void {
    const given = row[tenantField];
    const value = isArguments(given) && "set" in given ? given["set"] : given;
    if (value === undefined || value === this.#organizationId) return;
    throw new RowhouseError(
      "ORGANIZATION_FIXED",
      `"${tenantField}" of ${name} is set by the tenant scope and never changes; leave it out of data.`,
    );
  }

  #relations(model: ScopedModel, row: Arguments): Arguments {
    return mapFields(row, (value, key) => {
      const relation = model.relations.get(key);
      return relation !== undefined && isArguments(value) ? this.#writes(model, relation, value) : value;
    });
  }

  #writes(model: ScopedModel, relation: PrismaRelation, writes: Arguments): Arguments {
    const far = this.#far(model, relation);
    const key = relation.fields.length > 0 ? relation : this.#scopes.opposite(model, relation);
    const holder = relation.fields.length > 0 ? model : far.model;
    const holdsTenant = key?.fields.includes(holder.tenantField ?? "") ?? false;
    return mapFields(writes, (value, verb) => {
      if (value === undefined) return value;
      if (holdsTenant && (verb === "disconnect" || verb === "set")) {
        throw unscopable(
          `"${verb}" on ${model.name}.${relation.name} would take the organization out of the row; set ` +
            `${key?.fields.filter((field) => field !== holder.tenantField).join(", ")} to null, or delete it.`,
        );
      }
      return this.#write(far, verb, value);
    });
  }

  #far(model: ScopedModel, relation: PrismaRelation): Far {
    const target = this.#scopes.get(relation.target);
    const back = this.#scopes.opposite(model, relation);
    const inherits = back?.fields.includes(target.tenantField ?? "") ?? false;
    return {
      model: target,
      inherits,
      isList: relation.isList,
      isHeldByNear: relation.fields.length > 0,
      isJoinedByTenant: target.tenantField === undefined || this.#scopes.isJoinedByTenant(model, relation),
    };
  }

  #write(far: Far, verb: string, value: unknown): unknown {
    const { model, inherits } = far;
    const unique = (where: unknown): unknown =>
      far.isHeldByNear ? this.#filters.unique(model, where) : this.#filters.ownUnique(model, where);
    if (verb === "connect" || verb === "set" || verb === "disconnect") return mapEach(value, unique);
    assertWritable(model);
    switch (verb) {
      case "create":
        return this.create(model, value, inherits);
      case "createMany":
        return mapEach(value, (many) => ({ ...many, data: this.create(model, many["data"], inherits) }));
      case "connectOrCreate":
        return mapEach(value, (item) => ({
          ...item,
          where: unique(item["where"]),
          create: this.create(model, item["create"], inherits),
        }));
      case "delete":
        if (value === true && !far.isJoinedByTenant) return this.#one(far, {});
        return mapEach(value, (where) => this.#one(far, where));
      case "deleteMany":
        return mapEach(value, (where) => this.#filters.ownWhere(model, where));
      case "update":
        return mapEach(value, (item) => this.#update(far, item));
      case "updateMany":
        return mapEach(value, (item) => ({
          ...item,
          where: this.#filters.ownWhere(model, item["where"]),
          data: this.update(model, item["data"]),
        }));
      case "upsert":
        return mapEach(value, (item) => ({
          ...this.#chosen(far, item),
          create: this.create(model, item["create"], inherits),
          update: this.update(model, item["update"]),
        }));
      default:
        throw unscopable(`The nested write "${verb}" on ${model.name} is unknown to the tenant scope.`);
    }
  }

  /** Of a relation to one row, Prisma takes the data alone as well. */
  #update(far: Far, item: Arguments): Arguments {
    const isWrapped = far.isList || (isArguments(item["data"]) && !hasField(far.model, "data"));
    if (!isWrapped && far.isJoinedByTenant) return this.update(far.model, item) as Arguments;
    if (!isWrapped) return this.#chosen(far, { data: this.update(far.model, item) });
    return { ...this.#chosen(far, item), data: this.update(far.model, item["data"]) };
  }

  #chosen(far: Far, item: Arguments): Arguments {
    if (item["where"] === undefined && (far.isList || far.isJoinedByTenant)) return item;
    return { ...item, where: this.#one(far, item["where"]) };
  }

  /** A list takes a key; a single row needs none, and takes any filter. */
  #one({ model, isList }: Far, where: unknown): unknown {
    return isList ? this.#filters.ownUnique(model, where) : this.#filters.ownWhere(model, where);
  }
}

function hasField(model: ScopedModel, name: string): boolean {
  return model.relations.has(name) || [...model.fieldOfColumn.values()].includes(name);
}

function assertWritable(model: ScopedModel): void {
  if (model.tenantField !== undefined) return;
  throw new RowhouseError(
    "READ_ONLY_TABLE",
    `Table "${model.table}" of ${model.name} is global: a tenant may read it and not write it.`,
  );
}
