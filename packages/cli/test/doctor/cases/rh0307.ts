import type { CheckCase } from "../check-case.ts";

export const rh0307: CheckCase = {
  prepare:
    "drop policy tenant_isolation on tasks; drop policy tenant_floor on tasks; create policy mine on tasks using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
  nearMiss: "create policy by_text on tasks using (organization_id::text = current_setting('app.org', true))",
  holes: [
    {
      title: "a cast without nullif",
      break: "create policy cast_first on tasks using (organization_id = current_setting('app.org', true)::uuid)",
      object: "public.tasks",
    },
    {
      title: "a cast in a subselect",
      break:
        "create policy cast_first on tasks using (organization_id = (select current_setting('app.org', true)::uuid))",
      object: "public.tasks",
    },
  ],
};
