import { describe, expect, it } from "vitest";
import { ModelScopes } from "../../../src/adapters/prisma/model-scopes.ts";
import { OperationScope } from "../../../src/adapters/prisma/operation-scope.ts";
import { readPrismaSchema, type RuntimeModel } from "../../../src/adapters/prisma/read-prisma-schema.ts";
import { TableScopes } from "../../../src/tenant/table-scopes.ts";

const acme = "0190a000-0000-7000-8000-00000000000a";
const globex = "0190a000-0000-7000-8000-00000000000b";
const own = { organizationId: acme };

const schema = `
model Plan {
  code     String    @id // "model Ghost {" in a comment
  note     String    @default("@relation(fields: [x], references: [y])")
  projects Project[]
}
model Project {
  id             String
  organizationId String  @map("organization_id")
  planCode       String?
  plan           Plan?   @relation(fields: [planCode], references: [code])
  organization   Organization @relation(fields: [organizationId], references: [id])
  tasks          Task[]
  @@id([organizationId, id], name: "key")
}
model Task {
  id             String @id
  organizationId String @map("organization_id")
  projectId      String
  project        Project @relation(
    fields: [organizationId, projectId],
    references: [organizationId, id],
  )
}
model Organization {
  id       String @id
  projects Project[]
}
/* as it was once, and is not any more:
model Loose {
  project Target @relation(fields: [organizationId, projectId], references: [organizationId, id])
}
*/
model Loose {
  id             String @id
  organizationId String @map("organization_id")
  projectId      String
  project        Target @relation(fields: [projectId], references: [id])
}
model Target {
  id             String @id
  organizationId String @map("organization_id")
  loose          Loose[]
}
model Secret {
  id String @id
}
`;

type Field = readonly [name: string, type: string, relation?: string];

const model = (dbName: string, fields: readonly Field[]): RuntimeModel => ({
  dbName,
  schema: dbName === "organizations" ? "rowhouse" : null,
  fields: fields.map(([name, type, relationName]) => ({
    name,
    type,
    kind: relationName === undefined ? "scalar" : "object",
    ...(name === "organizationId" ? { dbName: "organization_id" } : {}),
    ...(relationName === undefined ? {} : { relationName }),
  })),
});

const id: Field = ["id", "String"];
const organizationId: Field = ["organizationId", "String"];
const models = readPrismaSchema(
  {
    Plan: model("plans", [
      ["code", "String"],
      ["projects", "Project", "plan"],
    ]),
    Project: model("projects", [
      ...[id, organizationId, ["planCode", "String"] as const, ["plan", "Plan", "plan"] as const],
      ...[["organization", "Organization", "of"] as const, ["tasks", "Task", "tasks"] as const],
    ]),
    Task: model("tasks", [id, organizationId, ["projectId", "String"], ["project", "Project", "tasks"]]),
    Organization: model("organizations", [id, ["projects", "Project", "of"]]),
    Loose: model("loose", [id, organizationId, ["project", "Target", "loose"]]),
    Target: model("targets", [id, organizationId, ["loose", "Loose", "loose"]]),
    Secret: model("secrets", [id]),
  },
  schema,
);
const tables = new TableScopes({ tenant: ["projects", "tasks", "loose", "targets"], global: ["plans"] });
const scope = new OperationScope(new ModelScopes(models, tables), acme);
const bind = scope.bind.bind(scope);
const refusal = (code: string): unknown => expect.objectContaining({ code });

describe("what rows are chosen by", () => {
  it("every filter gets the organization, whatever else it says", () => {
    expect(bind("Project", "findMany", undefined)).toEqual({ where: own });
    const where = { OR: [{ organizationId: globex }, {}] };
    for (const operation of ["findFirst", "count", "aggregate", "groupBy", "updateMany", "deleteMany"]) {
      expect(bind("Project", operation, { where })["where"]).toEqual({ AND: [own, where] });
    }
    expect(() => bind("Project", "findRaw", {})).toThrow(refusal("UNSCOPABLE_STATEMENT"));
  });

  it("an id becomes the key of organization and id; without such a key the organization is asked for beside it", () => {
    const key = { key: { organizationId: acme, id: "1" } };
    expect(bind("Project", "findUnique", { where: { id: "1" } })).toEqual({ where: key });
    expect(bind("Project", "delete", { where: key })).toEqual({ where: key });
    const foreign = { key: { organizationId: globex, id: "1" } };
    expect(bind("Project", "findUnique", { where: foreign })).toEqual({ where: { ...foreign, AND: [own] } });
    const task = bind("Task", "update", { where: { id: "1", AND: { title: "x" } }, data: {} });
    expect(task["where"]).toEqual({ id: "1", AND: [own, { title: "x" }] });
  });

  it("a page begins at a row of the organization's", () => {
    expect(bind("Project", "findMany", { cursor: { id: "1" } })["cursor"]).toEqual({
      key: { organizationId: acme, id: "1" },
    });
    expect(() => bind("Task", "findMany", { cursor: { id: "1" } })).toThrow(refusal("UNSCOPABLE_STATEMENT"));
  });

  it("Rowhouse's own organizations are chosen by their id", () => {
    expect(bind("Organization", "findMany", {})).toEqual({ where: { id: acme } });
  });
});

describe("from a global table only the organization's rows are reached", () => {
  it("by include, count and filter", () => {
    const counted = { include: { projects: { where: { id: "1" } }, _count: true }, where: { projects: { some: {} } } };
    expect(bind("Plan", "findMany", counted)).toEqual({
      include: { projects: { where: { AND: [own, { id: "1" }] } }, _count: { select: { projects: { where: own } } } },
      where: { projects: { some: { AND: [own, {}] } } },
    });
    expect(
      bind("Plan", "findFirst", { select: { projects: true }, where: { projects: { every: { id: "1" } } } }),
    ).toEqual({
      select: { projects: { where: own } },
      where: { projects: { every: { OR: [{ NOT: own }, { id: "1" }] } } },
    });
    const deep = { include: { plan: { include: { projects: true } } } };
    expect(bind("Project", "findMany", deep)["include"]).toEqual({ plan: { include: { projects: { where: own } } } });
  });

  it("and it is neither put in order by them nor written", () => {
    const byCount = { orderBy: { projects: { _count: "desc" } } };
    expect(() => bind("Plan", "findMany", byCount)).toThrow(refusal("UNSCOPABLE_STATEMENT"));
    for (const [operation, given] of [
      ["create", { data: { code: "x" } }],
      ["updateMany", { data: {} }],
      ["deleteMany", {}],
    ] as const) {
      expect(() => bind("Plan", operation, given)).toThrow(refusal("READ_ONLY_TABLE"));
    }
    const nested = { where: { id: "1" }, data: { plan: { update: { code: "x" } } } };
    expect(() => bind("Project", "update", nested)).toThrow(refusal("READ_ONLY_TABLE"));
  });
});

describe("what is written", () => {
  const create = (name: string, data: unknown): unknown => bind(name, "create", { data })["data"];

  it("is stamped in the form that the rest of it has", () => {
    expect(create("Project", { id: "1" })).toEqual({ id: "1", ...own });
    expect(create("Project", { plan: { connect: { code: "x" } } })).toEqual({
      plan: { connect: { code: "x" } },
      organization: { connect: { id: acme } },
    });
    expect(create("Task", { project: { create: { id: "1" } } })).toEqual({ project: { create: { id: "1", ...own } } });
    expect(create("Project", { tasks: { create: [{ id: "1" }] } })).toEqual({
      tasks: { create: [{ id: "1" }] },
      ...own,
    });
    expect(bind("Task", "createMany", { data: [{ id: "1" }, { id: "2" }] })["data"]).toEqual([
      { id: "1", ...own },
      { id: "2", ...own },
    ]);
  });

  it("connects, changes and deletes by keys of the organization's", () => {
    const key = { key: { organizationId: acme, id: "1" } };
    expect(create("Task", { project: { connect: { id: "1" } } })).toEqual({ project: { connect: key } });
    const writes = (tasks: unknown): unknown =>
      (bind("Project", "update", { where: key, data: { tasks } })["data"] as { tasks: unknown }).tasks;
    const one = { id: "1", AND: [own] };
    expect(writes({ connect: [{ id: "1" }] })).toEqual({ connect: [one] });
    expect(writes({ delete: { id: "1" }, deleteMany: {} })).toEqual({ delete: one, deleteMany: { AND: [own, {}] } });
    expect(writes({ update: { where: { id: "1" }, data: { title: "x" } } })).toEqual({
      update: { where: one, data: { title: "x" } },
    });
    expect(writes({ upsert: { where: { id: "1" }, create: {}, update: {} } })).toEqual({
      upsert: { where: one, create: {}, update: {} },
    });
    expect(writes({ connectOrCreate: { where: { id: "1" }, create: {} } })).toEqual({
      connectOrCreate: { where: one, create: {} },
    });
    for (const verb of ["set", "disconnect"]) {
      expect(() => writes({ [verb]: [{ id: "1" }] })).toThrow(refusal("UNSCOPABLE_STATEMENT"));
    }
  });

  it("names no other organization, in no nested verb", () => {
    const bad = { organizationId: globex };
    const where = { id: "1" };
    const nested: unknown[] = [
      ...[
        { create: bad },
        { create: [{}, bad] },
        { createMany: { data: [bad] } },
        { upsert: { where, create: {}, update: bad } },
      ],
      ...[
        { connectOrCreate: { where, create: bad } },
        { update: { where, data: bad } },
        { updateMany: { where, data: bad } },
      ],
    ];
    for (const tasks of nested) {
      expect(() => bind("Project", "update", { where, data: { tasks } })).toThrow(refusal("ORGANIZATION_FIXED"));
    }
    for (const project of [{ update: bad }, { update: { data: bad } }, { upsert: { create: bad, update: {} } }]) {
      expect(() => bind("Task", "update", { where, data: { project } })).toThrow(refusal("ORGANIZATION_FIXED"));
    }
    class Input {
      organizationId = globex;
    }
    expect(() => create("Task", new Input())).toThrow(refusal("ORGANIZATION_FIXED"));
    expect(create("Task", { organizationId: acme })).toEqual({ organizationId: acme });
  });
});

describe("a schema that could lead across is refused", () => {
  it("a relation by an id alone, with the line to write", () => {
    const line = "@relation(fields: [organizationId, projectId], references: [organizationId, id])";
    for (const name of ["Loose", "Target"]) {
      expect(() => bind(name, "findMany", {})).toThrow(
        expect.objectContaining({ message: expect.stringContaining(line) as string }),
      );
    }
  });

  it("a table that the tenancy does not know, and one that is reached from a known one", () => {
    expect(() => bind("Secret", "findMany", {})).toThrow(refusal("UNKNOWN_TABLE"));
  });
});
