import type { CheckCase } from "../check-case.ts";

export const rh0211: CheckCase = {
  // Of another tenant table, all columns but one; and all of a table in a schema that is closed.
  nearMiss: `
    grant update (id, project_id, created_at) on tasks to {{app}};
    create schema closed; create table closed.notes (organization_id uuid); grant update on closed.notes to {{app}}`,
  holes: [
    { title: "the table may be updated", break: "grant update on tasks to {{app}}", object: "public.tasks" },
    {
      title: "the column may be updated",
      break: "grant update (organization_id) on projects to {{app}}",
      object: "public.projects",
    },
    { title: "everybody may update it", break: "grant update on memberships to public", object: "public.memberships" },
    {
      title: "a table with nothing but the column, and one with columns that nobody sets",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create table "Odd one"."Bare" (organization_id uuid);
        create table "Odd one"."Full" (organization_id uuid, "a title" text, n integer generated always as identity,
          size integer generated always as (length("a title")) stored);
        grant update on "Odd one"."Bare", "Odd one"."Full" to {{app}}`,
      object: `"Odd one"."Full"`,
    },
    {
      title: "every table may be written",
      break: "grant pg_write_all_data to {{app}}",
      object: "public.tasks",
      mend: "revoke pg_write_all_data from {{app}}",
    },
  ],
};
