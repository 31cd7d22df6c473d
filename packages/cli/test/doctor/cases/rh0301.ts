import type { CheckCase } from "../check-case.ts";

export const rh0301: CheckCase = {
  prepare:
    "drop policy tenant_floor on tasks; create table notes (organization_id uuid not null, body text); alter table notes enable row level security, force row level security; create policy mine on notes using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
  nearMiss: "create policy everything on projects for select using (true)",
  holes: [
    {
      title: "USING (true)",
      break: "create policy everything on tasks for select using (true)",
      object: "public.tasks",
    },
    {
      title: "a condition that is true of every row",
      break: "create policy everything on tasks using (1 = 1 or organization_id is null)",
      object: "public.tasks",
    },
    {
      title: "a policy for a role that the serving role inherits from",
      break:
        "create role rh0301_support; grant rh0301_support to {{app}}; create policy support on notes for select to rh0301_support using (true)",
      object: "public.notes",
    },
  ],
};
