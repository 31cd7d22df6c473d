import type { CheckCase } from "../check-case.ts";

export const rh0207: CheckCase = {
  prepare:
    "create materialized view task_totals as select organization_id, count(*) from tasks group by organization_id",
  // Of nothing that is a tenant's; and a view that filters what its owner reads.
  nearMiss: `
    create materialized view plan_names as select name from plans;
    create view own_totals with (security_barrier) as
      select * from task_totals where organization_id = nullif(current_setting('app.org', true), '')::uuid;
    grant select on plan_names, own_totals to {{app}}`,
  holes: [
    { title: "it may be read", break: "grant select on task_totals to {{app}}", object: "public.task_totals" },
    {
      title: "one column of it may be read by everybody",
      break: "grant select (count) on task_totals to public",
      object: "public.task_totals",
    },
    {
      title: "it reads by way of a view and of another one",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create view between as select * from open_tasks;
        create materialized view "Odd one"."To do" as select title from between;
        create materialized view "Odd one"."To do again" as select * from "Odd one"."To do";
        grant select on "Odd one"."To do again" to {{app}}`,
      object: `"Odd one"."To do again"`,
    },
    {
      title: "every table may be read",
      break: "grant pg_read_all_data to {{app}}",
      object: "public.task_totals",
      mend: "revoke pg_read_all_data from {{app}}",
    },
    {
      title: "it keeps rows that are part of a tenant's",
      break: `create table comments (organization uuid, task uuid, foreign key (organization, task) references tasks (organization_id, id));
        create materialized view comment_copies as select * from comments; grant select on comment_copies to {{app}}`,
      object: "public.comment_copies",
    },
  ],
};
