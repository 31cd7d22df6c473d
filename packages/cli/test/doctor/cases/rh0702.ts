import type { CheckCase } from "../check-case.ts";

export const rh0702: CheckCase = {
  prepare: `
    create type state as enum ('open', 'done');
    alter table tasks add column state state, add column price numeric, add column tags text[], add column data jsonb,
      add column owner uuid, add column size bigint, add column due timestamptz, add column weight double precision`,
  nearMiss: `
    create index on tasks (organization_id, owner, size, due, weight, title, done);
    create index on tasks (organization_id) include (price) where state = 'open';
    create index on plans (lower(name));
    create table prices (organization_id uuid, price numeric, primary key (organization_id, price));
    alter table prices enable row level security;
    create table unprotected (organization_id uuid, price numeric); create index on unprotected (organization_id, price)`,
  holes: [
    {
      title: "an enum",
      break: "create index by_state on tasks (organization_id, state)",
      object: "public.tasks",
      mend: "drop index by_state",
    },
    {
      title: "numeric, first in a unique index",
      break: "create unique index by_price on tasks (price, organization_id)",
      object: "public.tasks",
      mend: "drop index by_price",
    },
    {
      title: "an array in an index of its words",
      break: "create index by_tags on tasks using gin (tags)",
      object: "public.tasks",
      mend: "drop index by_tags",
    },
    {
      title: "a function that is not leakproof",
      break: "create index by_lower on tasks (organization_id, lower(title))",
      object: "public.tasks",
      mend: "drop index by_lower",
    },
    {
      title: "a partitioned table with an odd name is told once",
      break: `create schema "Odd one"; create table "Odd one"."My notes" (organization_id uuid, "The data" jsonb) partition by list (organization_id);
        create table "Odd one"."Rest" partition of "Odd one"."My notes" default;
        create index "By data" on "Odd one"."My notes" ("The data");
        alter table "Odd one"."My notes" enable row level security; alter table "Odd one"."Rest" enable row level security`,
      object: `"Odd one"."My notes"`,
      mend: `drop index "Odd one"."By data"`,
    },
  ],
};
