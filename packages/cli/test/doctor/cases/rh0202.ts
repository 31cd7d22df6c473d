import type { CheckCase } from "../check-case.ts";

export const rh0202: CheckCase = {
  // Other people's rules: not a tenant's table.
  nearMiss: "create table notes (id uuid primary key); alter table notes enable row level security",
  holes: [
    {
      title: "a tenant table is not forced",
      break: "alter table tasks no force row level security",
      object: "public.tasks",
    },
    {
      title: "the organizations are not forced",
      break: "alter table organizations no force row level security",
      object: "public.organizations",
    },
    {
      title: "an owner who is never bound makes it a note",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" (organization_id uuid);
        alter table "Odd one"."New tasks" enable row level security`,
      object: `"Odd one"."New tasks"`,
      level: "info",
    },
  ],
};
