import type { CheckCase } from "../check-case.ts";

export const rh0302: CheckCase = {
  prepare:
    "alter table tasks add is_public boolean not null default false, add created_by uuid; alter table projects add is_public boolean not null default false; drop policy tenant_floor on tasks",
  nearMiss:
    "create policy shared on projects for select using (is_public); create policy narrower on tasks for select using (is_public and organization_id = (select nullif(current_setting('app.org', true), '')::uuid)); create policy as_editor on tasks for select using (current_setting('app.role', true) = 'editor' and organization_id = (select nullif(current_setting('app.org', true), '')::uuid)); create policy held on projects for select using (current_setting('app.admin', true) = 'on')",
  holes: [
    {
      title: "rows that are public",
      break: "create policy shared on tasks for select using (is_public)",
      object: "public.tasks",
    },
    {
      title: "the tenant or something else",
      break:
        "create policy shared on tasks using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid) or done)",
      object: "public.tasks",
    },
    {
      title: "one tenant for everybody",
      break:
        "create policy demo on tasks for select using (organization_id in ('a0000000-0000-4000-8000-000000000001'))",
      object: "public.tasks",
    },
    {
      title: "a switch that any statement can throw",
      break: `create policy support on tasks using (
        organization_id = (select nullif(current_setting('app.org', true), '')::uuid)
          or coalesce((select current_setting('app.admin', true)), 'off') = 'on')`,
      object: "public.tasks",
      level: "warn",
      mend: "drop policy support on tasks",
    },
    {
      title: "a switch that is true or false",
      break: "create policy support on tasks for select using (current_setting('app.admin', true)::boolean)",
      object: "public.tasks",
      level: "warn",
      mend: "drop policy support on tasks",
    },
    {
      title: "whoever made the row",
      break:
        "create policy mine on tasks using (created_by = (select nullif(current_setting('app.user', true), '')::uuid))",
      object: "public.tasks",
      level: "warn",
      mend: "drop policy mine on tasks",
    },
  ],
};
