import { describe, expect, it } from "vitest";
import { ModelScopes } from "../../../src/adapters/prisma/model-scopes.ts";
import { OperationScope } from "../../../src/adapters/prisma/operation-scope.ts";
import { readPrismaSchema, type RuntimeModel } from "../../../src/adapters/prisma/read-prisma-schema.ts";
import { TableScopes } from "../../../src/tenant/table-scopes.ts";

const acme = "0190a000-0000-7000-8000-00000000000a";
const own = { tenantId: acme };
const readable = { OR: [own, { tenantId: null }] };

const schema = `
model Preset {
  id       String  @id
  tenantId String? @map("tenant_id")
  parentId String?
  parent   Preset? @relation("tree", fields: [parentId], references: [id])
  parts    Preset[] @relation("tree")
  tasks    Task[]
  ownerId  String?
  owner    Strict? @relation("owner", fields: [tenantId, ownerId], references: [tenantId, id])
  @@unique([tenantId, id])
}
model Task {
  id       String  @id
  tenantId String  @map("tenant_id")
  presetId String
  preset   Preset? @relation(fields: [presetId], references: [id])
}
model Strict {
  id       String @id
  tenantId String @map("tenant_id")
  presetId String
  preset   Preset @relation("strict", fields: [presetId], references: [id])
  owned    Preset[] @relation("owner")
}
`;

type Field = readonly [name: string, type: string, relation?: string];
const model = (dbName: string, fields: readonly Field[]): RuntimeModel => ({
  dbName,
  fields: [["id", "String"] as const, ["tenantId", "String"] as const, ...fields].map(([name, type, relationName]) => ({
    name,
    type,
    kind: relationName === undefined ? "scalar" : "object",
    ...(name === "tenantId" ? { dbName: "tenant_id" } : {}),
    ...(relationName === undefined ? {} : { relationName }),
  })),
});

const models = readPrismaSchema(
  {
    Preset: model("presets", [
      ["parentId", "String"],
      ["parent", "Preset", "tree"],
      ["parts", "Preset", "tree"],
      ["ownerId", "String"],
      ["owner", "Strict", "owner"],
      ["tasks", "Task", "uses"],
    ]),
    Task: model("tasks", [
      ["presetId", "String"],
      ["preset", "Preset", "uses"],
    ]),
    Strict: model("stricts", [
      ["presetId", "String"],
      ["preset", "Preset", "strict"],
      ["owned", "Preset", "owner"],
    ]),
  },
  schema,
);
const tables = new TableScopes({ tenant: ["tasks", "stricts"], mixed: ["presets"], global: [], column: "tenant_id" });
const scope = new OperationScope(new ModelScopes(models, tables), acme);
const bind = scope.bind.bind(scope);
const data = (operation: string, name: string, given: unknown): unknown =>
  bind(name, operation, { where: { id: "1" }, data: given })["data"];

describe("a mixed model", () => {
  it("is read with everybody's rows, by a filter and by a key", () => {
    for (const operation of ["findMany", "findFirst", "count", "aggregate", "groupBy"])
      expect(bind("Preset", operation, {})["where"]).toEqual(readable);
    expect(bind("Preset", "findUnique", { where: { id: "1" } })["where"]).toEqual({ id: "1", AND: [readable] });
  });

  it("is written by the organization's rows alone, by a filter and by a key", () => {
    for (const operation of ["updateMany", "updateManyAndReturn", "deleteMany"])
      expect(bind("Preset", operation, { data: {} })["where"]).toEqual(own);
    for (const operation of ["update", "delete", "upsert"])
      expect(bind("Preset", operation, { where: { id: "1" }, data: {} })["where"]).toEqual({ id: "1", AND: [own] });
    expect(data("create", "Preset", {})).toEqual(own);
    expect(() => data("update", "Preset", { tenantId: null })).toThrow(/is set by the tenant scope/);
    expect(() => data("create", "Preset", { parent: { connect: { id: "1" } } })).toThrow(/Give their keys themselves/);
  });

  it("is filtered wherever a relation leads to it, and so are the rows that it leads to", () => {
    expect(bind("Task", "findMany", { include: { preset: true } })["include"]).toEqual({ preset: { where: readable } });
    expect(bind("Preset", "findMany", { select: { tasks: true, _count: true } })["select"]).toEqual({
      tasks: { where: own },
      _count: { select: { tasks: { where: own }, parts: { where: readable } } },
    });
    const where = { preset: { id: "2" } };
    expect(bind("Task", "findMany", { where })["where"]).toEqual({
      AND: [own, { preset: { AND: [readable, { id: "2" }] } }],
    });
    expect(bind("Task", "count", { where: { preset: { isNot: { id: "2" } } } })["where"]).toEqual({
      AND: [own, { preset: { isNot: { AND: [readable, { id: "2" }] } } }],
    });
    expect(() => bind("Preset", "findMany", { orderBy: { tasks: { _count: "asc" } } })).toThrow(
      /cannot be put in order/,
    );
  });

  it("can be connected where everybody's row is only referred to, and is changed through no relation", () => {
    const preset = (writes: unknown): unknown =>
      (data("update", "Task", { preset: writes }) as { preset: unknown }).preset;
    expect(preset({ connect: { id: "2" } })).toEqual({ connect: { id: "2", AND: [readable] } });
    expect(preset({ delete: true })).toEqual({ delete: { AND: [own, {}] } });
    expect(preset({ update: { parentId: "3" } })).toEqual({ update: { where: own, data: { parentId: "3" } } });
    expect(preset({ update: { where: { id: "2" }, data: {} } })).toEqual({
      update: { where: { AND: [own, { id: "2" }] }, data: {} },
    });
    expect(preset({ upsert: { create: {}, update: {} } })).toEqual({
      upsert: { where: own, create: own, update: {} },
    });
    const parts = (writes: unknown): unknown =>
      (data("update", "Preset", { parts: writes }) as { parts: unknown }).parts;
    expect(parts({ connect: { id: "2" }, updateMany: { where: {}, data: {} } })).toEqual({
      connect: { id: "2", AND: [own] },
      updateMany: { where: { AND: [own, {}] }, data: {} },
    });
  });

  it("that a required relation leads to is refused, since Prisma filters optional ones alone", () => {
    expect(() => bind("Strict", "findMany", {})).toThrow(/Write preset Preset\?/);
  });
});
