import type { CheckCase } from "../check-case.ts";

export const rh0203: CheckCase = {
  // Nobody who serves tenants may use the first, and the second is read through its parent.
  nearMiss: `
    create table jobs (id uuid primary key);
    alter table jobs enable row level security, force row level security;
    alter table events_2026 enable row level security, force row level security;
    grant select on events_2026 to {{app}}`,
  holes: [
    {
      title: "no policy is left",
      break: "drop policy tenant_isolation on tasks; drop policy tenant_floor on tasks",
      object: "public.tasks",
    },
    {
      title: "only restrictive policies are left",
      break: "drop policy tenant_isolation on projects",
      object: "public.projects",
    },
    {
      title: "the permissive policy is for another role",
      break: `drop policy tenant_isolation on tasks;
        create policy tenant_isolation on tasks to {{owner}} using (true)`,
      object: "public.tasks",
    },
    {
      title: "one column was granted, of a name that needs quotes",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create table "Odd one"."New tasks" (organization_id uuid not null, "a title" text);
        alter table "Odd one"."New tasks" enable row level security, force row level security;
        grant insert ("a title") on "Odd one"."New tasks" to {{app}}`,
      object: `"Odd one"."New tasks"`,
    },
    {
      title: "the organizations have no policy",
      break: "drop policy tenant_isolation on organizations",
      object: "public.organizations",
    },
    {
      title: "a table of no tenant has no policy",
      break: "alter table plans enable row level security, force row level security",
      object: "public.plans",
      mend: "create policy everybody_reads on plans for select using (true)",
    },
  ],
};
