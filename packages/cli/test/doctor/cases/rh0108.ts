import type { CheckCase } from "../check-case.ts";

export const rh0108: CheckCase = {
  // A table of all tenants, and the four verbs that policies do hold.
  nearMiss: "grant all on plans to {{app}}; grant select, insert, update, delete on tasks to {{app}}",
  holes: [
    { title: "truncates", break: "grant truncate on tasks to {{app}}", object: "public.tasks" },
    { title: "has all", break: "grant all on events_2026 to {{app}}", object: "public.events_2026" },
    { title: "references", break: "grant references on projects to {{app}}", object: "public.projects", level: "warn" },
    {
      title: "references one column",
      break: "grant references (id) on projects to {{app}}",
      object: "public.projects",
      level: "warn",
    },
    {
      title: "maintains",
      since: 17,
      break: "grant maintain on tasks to {{app}}",
      object: "public.tasks",
      level: "warn",
    },
    {
      title: "hangs triggers, as everybody",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" (organization_id uuid);
        grant trigger on "Odd one"."New tasks" to public`,
      object: `"Odd one"."New tasks"`,
      level: "warn",
    },
    {
      title: "truncates the tenants' own table, by membership",
      break: "create role rh0108_team; grant rh0108_team to {{app}}; grant truncate on organizations to rh0108_team",
      object: "public.organizations",
    },
  ],
};
