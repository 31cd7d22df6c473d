import type { CheckCase } from "../check-case.ts";

export const rh0304: CheckCase = {
  prepare: "drop policy tenant_floor on tasks",
  nearMiss:
    "create policy removed on tasks for delete using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid)); create policy everything on projects for delete using (true)",
  holes: [
    {
      title: "DELETE reaches every row",
      break: "create policy gone on tasks for delete using (true)",
      object: "public.tasks",
    },
    {
      title: "UPDATE reaches some rows",
      break:
        "create policy changed on tasks for update using (not done) with check (organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
      object: "public.tasks",
    },
  ],
};
