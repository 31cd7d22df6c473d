import type { CheckCase } from "../check-case.ts";

export const rh0205: CheckCase = {
  // A privilege without the schema, and a child that has what it needs.
  nearMiss: `
    create schema archive;
    create table archive.events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
    grant select on archive.events_2025 to {{app}};
    create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
    alter table events_2024 enable row level security;
    grant select on events_2024 to {{app}}`,
  holes: [
    { title: "a partition may be read", break: "grant select on events_2026 to {{app}}", object: "public.events_2026" },
    {
      title: "every table may be read",
      break: "grant pg_read_all_data to {{app}}",
      object: "public.events_2026",
    },
    {
      title: "everybody may write one column of a partition",
      break: "grant update (happened_at) on events_2026 to public",
      object: "public.events_2026",
    },
    {
      title: "a partition of a partition, beneath one that nobody may name",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create table events_2027 partition of events for values from ('2027-01-01') to ('2028-01-01') partition by range (happened_at);
        create table "Odd one"."May 2027" partition of events_2027 for values from ('2027-05-01') to ('2027-06-01');
        grant insert on "Odd one"."May 2027" to {{app}}`,
      object: `"Odd one"."May 2027"`,
    },
    {
      title: "a table that inherits from one",
      break: "create table old_tasks () inherits (tasks); grant delete on old_tasks to {{app}}",
      object: "public.old_tasks",
    },
    {
      title: "a child of a table that is protected without the tenant column",
      break: `create table letters (reader name); alter table letters enable row level security;
        create table old_letters () inherits (letters); grant select on old_letters to {{app}}`,
      object: "public.old_letters",
    },
  ],
};
