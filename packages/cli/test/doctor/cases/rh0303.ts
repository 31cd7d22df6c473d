import type { CheckCase } from "../check-case.ts";

export const rh0303: CheckCase = {
  prepare: "drop policy tenant_floor on tasks",
  nearMiss:
    "create policy nothing on tasks for insert; create policy everything on projects for insert with check (true)",
  holes: [
    {
      title: "WITH CHECK (true) for INSERT",
      break: "create policy added on tasks for insert with check (true)",
      object: "public.tasks",
    },
    {
      title: "WITH CHECK wider than USING",
      break:
        "create policy moved on tasks for update using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (title <> '')",
      object: "public.tasks",
    },
    {
      title: "a table whose name needs quotes",
      break: `create table "My Tasks" (organization_id uuid not null); alter table "My Tasks" enable row level security; create policy "My policy" on "My Tasks" using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (true)`,
      object: `public."My Tasks"`,
    },
  ],
};
