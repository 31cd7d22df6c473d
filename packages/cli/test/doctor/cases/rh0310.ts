import type { CheckCase } from "../check-case.ts";

export const rh0310: CheckCase = {
  prepare: "alter table tasks add meta jsonb, add owner_number text",
  nearMiss:
    "create policy by_text on tasks for select using (organization_id::text = current_setting('app.org', true) and (meta ->> 'org')::text = 'x')",
  holes: [
    {
      title: "a part of a document",
      break:
        "create policy by_meta on tasks for select using ((meta ->> 'org')::uuid = (select nullif(current_setting('app.org', true), '')::uuid))",
      object: "public.tasks",
      mend: "drop policy by_meta on tasks",
    },
    {
      title: "a column of text",
      break: "create policy by_number on tasks for select using (owner_number::integer = 7)",
      object: "public.tasks",
      mend: "drop policy by_number on tasks",
    },
  ],
};
