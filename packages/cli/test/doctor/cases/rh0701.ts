import type { CheckCase } from "../check-case.ts";

export const rh0701: CheckCase = {
  // The fix is one that runs in no transaction.
  committed: true,
  nearMiss: `
    create table plain (organization_id uuid, body text); create index on plain (organization_id, body);
    create table hashed (organization_id uuid); create index on hashed using hash (organization_id)`,
  holes: [
    {
      title: "no index at all",
      break: "create table notes (organization_id uuid, body text)",
      object: "public.notes",
    },
    {
      title: "the tenant column comes second",
      break: "create table notes (organization_id uuid, id uuid, primary key (id, organization_id))",
      object: "public.notes",
    },
    {
      title: "the index is partial",
      break:
        "create table notes (organization_id uuid, done boolean); create index on notes (organization_id) where not done",
      object: "public.notes",
    },
    {
      title: "the index is invalid",
      break: `create table notes (organization_id uuid); create index notes_index on notes (organization_id);
        update pg_index set indisvalid = false where indexrelid = 'notes_index'::regclass`,
      object: "public.notes",
    },
    {
      title: "the index keeps ranges of pages only",
      break: "create table notes (organization_id uuid); create index on notes using brin (organization_id)",
      object: "public.notes",
    },
    {
      title: "a partitioned table with an odd name is told once",
      break: `create schema "Odd one"; create table "Odd one"."My notes" (organization_id uuid, body text) partition by list (body);
        create table "Odd one"."Rest" partition of "Odd one"."My notes" default`,
      object: `"Odd one"."My notes"`,
    },
  ],
};
