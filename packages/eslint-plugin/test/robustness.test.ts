import { Linter } from "eslint";
import { expect, test } from "vitest";
import { repositoryConfig } from "./repository-settings.ts";

const odd: Readonly<Record<string, string>> = {
  "names that define themselves":
    "const a = b, b = a; const tenant = tenant; a.query(b); const { x } = x; b.where({ where: a });",
  "a const that doubles": [
    "const v0 = x + x;",
    ...Array.from({ length: 40 }, (_, i) => `const v${i + 1} = v${i} + v${i};`),
    "pool.query('select ' + v40);",
  ].join("\n"),
  "a long chain": `db.selectFrom("t")${`.where("id", "=", 1)`.repeat(100)}.execute();`,
  "a long sum": `pool.query("select 1 from t where "${` + x`.repeat(200)});`,
  "holes, spreads and computed names":
    "const [, a] = [,,]; f(...a); ({ [a]: 1, ...b, get c() { return 1 } }); sql``; pool.query(); new (class {})(); import(x); a?.[b]?.();",
  "a query in no function": `where.where("id", "=", id); findUnique({ where: { id } }); prisma.x.findUnique(...args); cache(); useQuery();`,
  "exports of everything": `"use server"; export * from "x"; export default class {} export const { a, b: [c] } = d; export { e }; let e;`,
  nothing: "",
};

test.each(Object.entries(odd))("%s: nothing throws", (_, code) => {
  for (const filename of ["a.tsx", "app/[orgSlug]/page.tsx", "app/api/route.ts"]) {
    const messages = new Linter().verify(code, repositoryConfig({ scopes: [1, null, "x"], tenantColumn: {} }), {
      filename,
    });
    expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
  }
});
