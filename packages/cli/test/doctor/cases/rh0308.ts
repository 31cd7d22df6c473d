import type { CheckCase } from "../check-case.ts";

export const rh0308: CheckCase = {
  nearMiss: "create policy elsewhere on tasks for select using (project_id in (select id from projects))",
  holes: [
    {
      title: "memberships by memberships",
      break:
        "create policy colleagues on memberships for select using (organization_id in (select m.organization_id from memberships as m))",
      object: "public.memberships",
      mend: "drop policy colleagues on memberships",
    },
  ],
};
