import type { CheckCase } from "../check-case.ts";

export const rh0311: CheckCase = {
  nearMiss:
    "create policy by_app on tasks for select using (title = (nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'app_metadata' ->> 'title'))",
  holes: [
    {
      title: "the role that all tenants share",
      break: "create policy by_role on tasks for select using (title = current_user)",
      object: "public.tasks",
      mend: "drop policy by_role on tasks",
    },
    {
      title: "what the user wrote about themselves",
      break:
        "create policy by_user on tasks for select using (organization_id::text = (nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'user_metadata' ->> 'org'))",
      object: "public.tasks",
      level: "error",
      mend: "drop policy by_user on tasks",
    },
  ],
};
