import { afterAll, beforeAll, expect, it } from "vitest";
import { printedBy, startExamplePostgres, type ExamplePostgres } from "./example-postgres.ts";
import { exampleTimeout, readBlock, runExamples } from "./run-example.ts";

let postgres: ExamplePostgres;

beforeAll(async () => {
  postgres = await startExamplePostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());

/** The one file of an application that the example supposes. */
const tenancyFile = ({ adminUrl, runtimeUrl }: ExamplePostgres) => `
import type { Generated } from "kysely";
import { createApiKey, definePermissions, defineTenancy, type PermissionOf } from "rowhouse";
import { migrate } from "rowhouse/migrations";

const tables = { tenant: ["projects"] } as const;
const passwords = { runtime: "runtime-password" };
await migrate({ adminUrl: ${JSON.stringify(adminUrl)}, passwords, sources: [{ name: "app", folder: "sql" }], tables });
const permissions = definePermissions({
  resources: { projects: ["read", "create"] },
  roles: { owner: ["*"], admin: ["projects:*"], member: ["projects:read"], viewer: ["projects:read"] },
});
export type Database = { projects: { id: Generated<string>; organizationId: string; name: string } };
export type Permission = PermissionOf<typeof permissions>;
export const tenancy = defineTenancy<Database, Permission>({
  database: { url: ${JSON.stringify(runtimeUrl)} },
  tables,
  permissions,
  locate: ["path", "header", "api-key"],
});
const user = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a01";
const acme = await tenancy.createOrganization({ name: "Acme", user });
export const { key } = await tenancy.enter({ organization: acme.slug, user }, (tenant) =>
  createApiKey(tenant, { name: "Example", scopes: ["projects:create", "members:read"] }),
);
`;

it(
  "the example of the HTTP API has right types, runs, and prints what its comments say",
  async () => {
    const example = await readBlock("docs/reference/http.md", "ts");
    const files = {
      "example.ts": example,
      "tenancy.ts": tenancyFile(postgres),
      "sql/0001-projects.sql": await readBlock("README.md", "sql"),
    };
    const printed = printedBy(example);
    expect(printed.trim().split("\n")).toHaveLength(3);
    expect(await runExamples({ files, main: "example.ts" })).toEqual([printed]);
  },
  exampleTimeout,
);
