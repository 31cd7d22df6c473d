import type { CheckCase } from "../check-case.ts";

export const rh0201: CheckCase = {
  nearMiss: "create table notes (id uuid primary key, organization uuid, body text)",
  holes: [
    { title: "row security is off", break: "alter table tasks disable row level security", object: "public.tasks" },
    {
      title: "a copy has neither policies nor row security",
      break: "create table tasks_backup (like tasks including all)",
      object: "public.tasks_backup",
    },
    {
      title: "the policies are on its children",
      break: `create table base (organization_id uuid, body text); create table kid () inherits (base);
        alter table kid enable row level security`,
      object: "public.base",
    },
    {
      title: "a name that needs quotes",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" as table tasks`,
      object: `"Odd one"."New tasks"`,
    },
  ],
};
