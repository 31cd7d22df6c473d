import type { Mutation } from "./mutation.ts";

/** Roles and privileges that lead around the policies. */
export const privilegeMutations: readonly Mutation[] = [
  {
    title: "TRUNCATE of a table",
    found: "RH0108",
    crossed: ["truncate", "public.tasks"],
    sql: "grant truncate on tasks to {{runtime}}",
  },
  {
    title: "TRUNCATE of a table that others point to",
    found: "RH0108",
    sql: "grant truncate on rowhouse.memberships to {{runtime}}",
  },
  { title: "TRIGGER on a table", found: "RH0108", sql: "grant trigger on projects to {{runtime}}" },
  { title: "a table owned by the role that serves", found: "RH0103", sql: "alter table tasks owner to {{runtime}}" },
  {
    title: "the attribute superuser",
    found: "RH0101",
    crossed: ["select-all", "public.projects"],
    sql: "alter role {{runtime}} superuser",
  },
  {
    title: "the attribute bypassrls",
    found: "RH0102",
    crossed: ["select-all", "public.projects"],
    sql: "alter role {{runtime}} bypassrls",
  },
  ...["createrole", "replication"].map((attribute) => ({
    title: `the attribute ${attribute}`,
    found: "RH0104",
    sql: `alter role {{runtime}} ${attribute}`,
  })),
  ...["pg_monitor", "pg_execute_server_program", "pg_read_server_files", "pg_write_server_files"].map((role) => ({
    title: `membership in ${role}`,
    found: "RH0105",
    sql: `grant ${role} to {{runtime}}`,
  })),
  { title: "membership in the owner", found: "RH0103", sql: "grant {{owner}} to {{runtime}}" },
  {
    title: "membership in the operator",
    found: "RH0102",
    crossed: ["set-role", "database"],
    sql: "grant {{operator}} to {{runtime}}",
  },
  {
    title: "objects in a schema that names are looked up in",
    found: "RH0106",
    sql: "grant create on schema public to {{runtime}}",
  },
  {
    title: "tables to come, open to the role that serves",
    found: "RH0216",
    sql: "alter default privileges in schema public grant all on tables to {{runtime}}",
  },
  { title: "temporary tables", found: "RH0107", sql: "grant temporary on database {{database}} to {{runtime}}" },
  { title: "a table granted to everybody", found: "RH0113", sql: "grant select on projects to public" },
  { title: "all rows published", found: "RH0604", sql: "create publication everything for all tables" },
];
