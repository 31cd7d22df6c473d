import type { CheckCase } from "../check-case.ts";

export const rh0213: CheckCase = {
  // The same to keys and indexes.
  prepare: "create table slugs (slug varchar(30) primary key)",
  nearMiss: `
    create domain tenant as uuid; create domain our_tenant as tenant;
    create table notes (organization_id our_tenant)`,
  holes: [
    {
      title: "text beside uuid",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" (organization_id text)`,
      object: `"Odd one"."New tasks"`,
      mend: `alter table "Odd one"."New tasks" alter organization_id type uuid using organization_id::uuid`,
    },
    {
      title: "a domain over text",
      break: "create domain label as text; create table labelled (organization_id label)",
      object: "public.labelled",
      mend: "drop table labelled",
    },
    {
      title: "a partitioned table, once",
      break: `create table counted (organization_id bigint, at date) partition by range (at);
        create table counted_2026 partition of counted for values from ('2026-01-01') to ('2027-01-01')`,
      object: "public.counted",
      mend: "drop table counted",
    },
  ],
};
