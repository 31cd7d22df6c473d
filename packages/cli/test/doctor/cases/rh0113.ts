import type { CheckCase } from "../check-case.ts";

export const rh0113: CheckCase = {
  nearMiss: "grant all on plans to public; grant usage on schema public to public; grant select on tasks to pg_monitor",
  holes: [
    { title: "the table", break: "grant select on tasks to public", object: "public.tasks" },
    {
      title: "single columns",
      break: "grant select (id, name) on projects to public",
      object: "public.projects",
      fix: "grant select (id), select (name) on public.projects to {{app}};\nrevoke all on public.projects from public",
    },
    {
      title: "what no serving takes",
      break: "grant truncate, references, trigger on tasks to public",
      object: "public.tasks",
      fix: "revoke all on public.tasks from public",
    },
    {
      title: "a name that needs quotes",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" (organization_id uuid, "Odd body" text);
        grant insert, update ("Odd body") on "Odd one"."New tasks" to public`,
      object: `"Odd one"."New tasks"`,
      fix: `grant insert, update ("Odd body") on "Odd one"."New tasks" to {{app}};\nrevoke all on "Odd one"."New tasks" from public`,
    },
    {
      title: "the tenants' own table",
      break: "grant all on organizations to public",
      object: "public.organizations",
      fix: "grant delete, insert, select, update on public.organizations to {{app}};\nrevoke all on public.organizations from public",
    },
  ],
};
