import type { CheckCase } from "../check-case.ts";

export const rh0306: CheckCase = {
  prepare: "drop policy tenant_floor on tasks",
  nearMiss:
    "create policy careful on tasks using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid) and current_setting('app.org', true) is not null)",
  holes: [
    {
      title: "IS NULL OR",
      break:
        "create policy open on tasks using (nullif(current_setting('app.org', true), '') is null or organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
      object: "public.tasks",
    },
    {
      title: "coalesce to the row's own tenant",
      break:
        "create policy open on tasks using (organization_id = coalesce(nullif(current_setting('app.org', true), '')::uuid, organization_id))",
      object: "public.tasks",
    },
    {
      title: "a case that lets through",
      break:
        "create policy open on tasks using (case when current_setting('app.org', true) = '' then true else organization_id = (select nullif(current_setting('app.org', true), '')::uuid) end)",
      object: "public.tasks",
    },
    {
      title: "by way of a function",
      break:
        "create function tenant_or_none() returns uuid language sql stable return nullif(current_setting('app.org', true), '')::uuid; create policy open on tasks using (tenant_or_none() is null or organization_id = tenant_or_none())",
      object: "public.tasks",
    },
  ],
};
