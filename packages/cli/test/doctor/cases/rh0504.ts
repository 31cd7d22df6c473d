import type { CheckCase } from "../check-case.ts";

export const rh0504: CheckCase = {
  nearMiss: `
    create table surrogates (organization_id uuid not null, id uuid primary key, public_id uuid unique default gen_random_uuid());
    alter table tasks add column number int, add unique (project_id, number);
    create table imported (organization_id uuid not null, code text unique);
    create unique index on tasks (lower(title), organization_id);
    grant insert on surrogates to {{app}}; grant select on imported to {{app}}`,
  holes: [
    {
      title: "a constraint over all tenants",
      break: "alter table tasks add column slug text, add unique nulls not distinct (slug) include (title)",
      object: "public.tasks",
    },
    {
      title: "the tenant column is only included, not part of the key",
      break: "create unique index by_title on tasks (title) include (organization_id)",
      object: "public.tasks",
    },
    {
      title: "a partial index of an expression",
      break: "create unique index by_title on tasks (lower(title) text_pattern_ops desc) where not done",
      object: "public.tasks",
    },
    {
      title: "an imported table becomes one that serving roles write to",
      break: "grant update (code) on imported to {{app}}",
      object: "public.imported",
    },
    {
      title: "a primary key that the database counts",
      break: `create table notes (organization_id uuid not null, id bigint primary key generated always as identity);
        grant insert on notes to {{app}}`,
      object: "public.notes",
      level: "info",
      mend: "alter table notes drop constraint notes_pkey, add primary key (organization_id, id)",
    },
    {
      title: "a primary key of text",
      break:
        "create table notes (organization_id uuid not null, slug text primary key); grant insert on notes to {{app}}",
      object: "public.notes",
      mend: "alter table notes drop constraint notes_pkey, add primary key (organization_id, slug)",
    },
    {
      title: "a unique key that a foreign key needs",
      break: `alter table tasks add column code text unique; create table codes (code text references tasks (code))`,
      object: "public.tasks",
      mend: "drop table codes; alter table tasks drop column code",
    },
    {
      title: "an exclusion constraint",
      break: "alter table tasks add column during tsrange, add exclude using gist (during with &&)",
      object: "public.tasks",
      mend: "alter table tasks drop column during",
    },
    {
      title: "odd names, on a partitioned table",
      break: `create schema "Odd one";
        create table "Odd one"."My notes" (organization_id uuid not null, "The slug" text) partition by list ("The slug");
        create table "Odd one"."Rest" partition of "Odd one"."My notes" default;
        create unique index "It's unique" on "Odd one"."My notes" ("The slug");
        grant insert on "Odd one"."My notes" to {{app}}`,
      object: `"Odd one"."My notes"`,
    },
  ],
};
