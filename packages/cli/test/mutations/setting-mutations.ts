import type { Mutation } from "./mutation.ts";

/** Settings and defaults that name an organization to whoever named none. */
export const settingMutations: readonly Mutation[] = [
  {
    title: "an organization that every session of the database has",
    found: "RH0602",
    sql: "alter database {{database}} set rowhouse.organization_id = '0190a000-0000-7000-8000-000000000001'",
  },
  {
    title: "an organization that every session of the role has",
    found: "RH0602",
    sql: "alter role {{runtime}} set rowhouse.organization_id = '0190a000-0000-7000-8000-000000000001'",
  },
  { title: "row security off for the role", found: "RH0109", sql: "alter role {{runtime}} set row_security = off" },
  {
    title: "an organization that every new row has",
    found: "RH0212",
    sql: "alter table projects alter organization_id set default '0190a000-0000-7000-8000-000000000001'",
  },
];
