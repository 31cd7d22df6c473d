import type { CheckCase } from "../check-case.ts";

export const rh0312: CheckCase = {
  nearMiss: "create policy another on tasks as restrictive for select to {{app}} using (true)",
  holes: [
    {
      title: "there is none",
      break: "drop policy tenant_floor on tasks",
      object: "public.tasks",
    },
    {
      title: "it binds one role only",
      break:
        "drop policy tenant_floor on tasks; create policy floor on tasks as restrictive to {{app}} using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
      object: "public.tasks",
    },
    {
      title: "it asks for nothing",
      break: "drop policy tenant_floor on projects; create policy floor on projects as restrictive using (true)",
      object: "public.projects",
    },
  ],
};
