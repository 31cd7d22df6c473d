import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePackedProject, type PackedProject } from "./packed-project.ts";

let project: PackedProject;

beforeAll(async () => {
  project = await makePackedProject("rowhouse");
});
afterAll(() => project[Symbol.asyncDispose]());

const consumer = `
import { definePermissions, defineTenancy, isRowhouseError, type PermissionOf, type Tenant } from "rowhouse";
import { createClient } from "rowhouse/client";
import { toProblem } from "rowhouse/http";
import { migrate } from "rowhouse/migrations";
import { Can, OrganizationProvider, useOrganizationSwitcher, usePermission } from "rowhouse/react";

interface Database { projects: { id: string; organizationId: string; name: string } }
const permissions = definePermissions({
  resources: { projects: ["read"] },
  roles: { owner: ["*"], admin: ["projects:*"], member: ["projects:read"], viewer: [] },
});
const tenancy = defineTenancy<Database, PermissionOf<typeof permissions>>({ database: { url: "postgres://u@h/d" }, tables: { tenant: ["projects"] }, permissions });
export async function names(tenant: Tenant<Database>): Promise<string[]> {
  const rows = await tenant.db.selectFrom("projects").select("name").execute();
  // @ts-expect-error: the tenant's own organization is set by the scope
  tenant.db.insertInto("projects").values({ id: "x", name: "y", organizationId: "z" });
  // @ts-expect-error: there is no such table
  tenant.db.selectFrom("nowhere");
  return rows.map(({ name }) => name);
}
interface Api {
  "GET /api/projects": { query?: { search?: string }; answer: { items: { name: string }[]; next: string | null } };
}
export async function search(baseUrl: string): Promise<string[]> {
  const client = createClient<Api>({ baseUrl });
  // @ts-expect-error: there is no such operation
  void client.call("GET /api/nowhere");
  return (await client.call("GET /api/projects", { query: { search: "x" } })).items.map(({ name }) => name);
}
declare module "rowhouse/react" {
  interface Register {
    permission: PermissionOf<typeof permissions>;
  }
}
export function useButtons(): readonly unknown[] {
  // @ts-expect-error: there is no such permission
  usePermission("projects:nonsense");
  return [usePermission("projects:read"), useOrganizationSwitcher().found, Can, OrganizationProvider];
}
export const all: [typeof tenancy, typeof migrate, number, boolean] = [tenancy, migrate, toProblem(null).status, isRowhouseError(null)];
`;

describe("the packed library", () => {
  it("holds what was compiled, the SQL and the manifest, and neither sources nor tests", () => {
    expect(project.files).toEqual(
      expect.arrayContaining(["package.json", "dist/index.js", "dist/index.d.ts", "sql/0001-organizations.sql"]),
    );
    expect(
      project.files.filter(
        (file) =>
          !/^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts)|sql\/[\w-]+\.sql|sql\/schema\.snapshot\.txt)$/.test(
            file,
          ),
      ),
    ).toEqual([]);
  });

  it("is imported by plain Node at every path that it exports, and at no other", async () => {
    const paths = Object.keys(project.manifest.exports).filter((key) => key !== "./package.json");
    expect(paths).toEqual(expect.arrayContaining([".", "./client", "./http", "./migrations", "./react"]));
    await project.write(
      "import-all.mjs",
      `for (const path of ${JSON.stringify(paths)}) {
         const loaded = await import(path.replace(".", "rowhouse"));
         console.log(path, Object.keys(loaded).length > 0);
       }
       await import("rowhouse/dist/index.js").catch((error) => console.log(error.code));`,
    );
    const lines = [...paths.map((path) => `${path} true`), "ERR_PACKAGE_PATH_NOT_EXPORTED", ""];
    expect(await project.node("import-all.mjs")).toBe(lines.join("\n"));
  });

  it("asks for React in rowhouse/react alone, and says there that it is for the client", async () => {
    const scripts = project.files.filter((file) => file.endsWith(".js"));
    const sources = await Promise.all(scripts.map(async (file) => [file, await project.read(file)] as const));
    const withReact = sources.filter(([, text]) => /from "react(\/|")/.test(text));
    expect(withReact.length).toBeGreaterThan(1);
    for (const [file, text] of withReact) {
      expect(file).toMatch(/^dist\/react\//);
      expect(text.startsWith('"use client";'), file).toBe(true);
    }
  });

  it("finds its own migrations when it runs", async () => {
    await project.write(
      "find-sql.mjs",
      `import { existsSync } from "node:fs";
       const migrations = new URL("sql/0001-organizations.sql", import.meta.resolve("rowhouse/package.json"));
       const looked = new URL("../../sql/0001-organizations.sql", import.meta.resolve("rowhouse/migrations").replace(/index\\.js$/, "migrate.js"));
       console.log(migrations.href === looked.href && existsSync(looked));`,
    );
    expect(await project.node("find-sql.mjs")).toBe("true\n");
  });

  it.each(["nodenext", "bundler"])("gives right types under moduleResolution %s", async (moduleResolution) => {
    await project.write("consumer.ts", consumer);
    const module = moduleResolution === "nodenext" ? "nodenext" : "esnext";
    const options = {
      strict: true,
      noEmit: true,
      target: "es2023",
      lib: ["es2023", "esnext.disposable"],
      types: ["node"],
      skipLibCheck: true,
    };
    expect(await project.check({ ...options, module, moduleResolution })).toBe("");
  });
});
