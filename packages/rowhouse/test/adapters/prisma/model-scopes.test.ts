import { expect, it } from "vitest";
import { ModelScopes } from "../../../src/adapters/prisma/model-scopes.ts";
import { readPrismaSchema, type RuntimeModel } from "../../../src/adapters/prisma/read-prisma-schema.ts";
import { TableScopes } from "../../../src/tenant/table-scopes.ts";

/** Two lists that point at each other: Prisma makes the table in between, `_TagToOther`, with two ids and no organization. */
const list = (name: string, other: string) =>
  `model ${name} {\n id String @id\n organizationId String @map("organization_id")\n others ${other}[]\n}\n`;

const modelOf = (dbName: string, other: string): RuntimeModel => ({
  dbName,
  fields: [
    { name: "id", kind: "scalar", type: "String" },
    { name: "organizationId", kind: "scalar", type: "String", dbName: "organization_id" },
    { name: "others", kind: "object", type: other, relationName: "between" },
  ],
});

const models = readPrismaSchema(
  { Tag: modelOf("tags", "Other"), Other: modelOf("others", "Tag") },
  list("Tag", "Other") + list("Other", "Tag"),
);

it.each([
  ["two tenant tables", { tenant: ["tags", "others"], global: [] }],
  ["a tenant table and a global one", { tenant: ["tags"], global: ["others"] }],
])("many to many between %s by a table of Prisma's own is refused from both ends", (_, tables) => {
  for (const name of ["Tag", "Other"]) {
    const message: unknown = expect.stringContaining("write a model for it");
    expect(() => new ModelScopes(models, new TableScopes(tables)).get(name)).toThrow(
      expect.objectContaining({ code: "INVALID_SETTINGS", message }),
    );
  }
});

it("between two global tables it is left alone", () => {
  const scopes = new ModelScopes(models, new TableScopes({ tenant: [], global: ["tags", "others"] }));
  expect(scopes.get("Tag").relations.size).toBe(1);
});
