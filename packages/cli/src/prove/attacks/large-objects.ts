import type { Attack } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";

export const largeObjects: Attack = {
  name: "large-objects",
  title: "Large object",
  explains:
    "A reads by its number a large object that the application stored for B: they have no row security and belong to the role. A crossing is its content.",
  level: "warn",
  family: "read",
  plan: (relation) => {
    if (!isTable(relation)) return "It is no table.";
    const columns = relation.columns.filter(({ type, baseType }) => baseType === "oid" || /(^|\.)lo$/.test(type));
    if (columns.length === 0) return "No column of it names a large object.";
    return columns.map(({ name }) => ({
      about: name,
      run: async ({ ask, target }) => {
        const content = `of ${target.name}`;
        const made = await ask("select lo_from_bytea(0, convert_to($1, 'UTF8'))::text as number", [content]);
        const { rows } = await ask("select convert_from(lo_get($1::oid), 'UTF8') as content", [
          String(made.rows[0]?.["number"]),
        ]);
        return rows[0]?.["content"] === content ? `A large object of ${target.name} was read.` : null;
      },
      grant: (role) =>
        `grant execute on function pg_catalog.lo_from_bytea(oid, bytea), pg_catalog.lo_get(oid) to ${role}`,
    }));
  },
};
