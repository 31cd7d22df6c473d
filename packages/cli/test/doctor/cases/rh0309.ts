import type { CheckCase } from "../check-case.ts";

export const rh0309: CheckCase = {
  nearMiss:
    "create policy computed on tasks for select using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
  holes: [
    {
      title: "a subselect",
      break:
        "create policy by_membership on tasks for select using (organization_id in (select organization_id from memberships))",
      object: "public.tasks",
      mend: "drop policy by_membership on tasks",
    },
    {
      title: "exists",
      break:
        "create policy by_membership on tasks for select using (exists (select from memberships as m where m.organization_id = tasks.organization_id))",
      object: "public.tasks",
      mend: "drop policy by_membership on tasks",
    },
  ],
};
