import type { CheckCase } from "../check-case.ts";

export const rh0305: CheckCase = {
  prepare:
    "create table notes (organization_id uuid, body text); alter table notes enable row level security, force row level security; create policy mine on notes using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid))",
  nearMiss: "create policy shared on notes for select using (organization_id is null)",
  holes: [
    {
      title: "a policy for everything shows rows of nobody",
      break:
        "create policy shared_too on notes using (organization_id = (select nullif(current_setting('app.org', true), '')::uuid) or organization_id is null)",
      object: "public.notes",
    },
    {
      title: "an INSERT of rows of nobody is accepted",
      break: "create policy published on notes for insert with check (organization_id is null)",
      object: "public.notes",
    },
  ],
};
