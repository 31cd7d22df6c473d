import type { CheckCase } from "../check-case.ts";

export const rh0704: CheckCase = {
  nearMiss:
    "create policy computed_once on tasks for select using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
  holes: [
    {
      title: "a plain call",
      break:
        "create policy each on tasks for select using (organization_id = nullif(current_setting('app.org', true), '')::uuid)",
      object: "public.tasks",
    },
  ],
};
