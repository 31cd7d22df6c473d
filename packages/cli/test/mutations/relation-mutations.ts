import type { Mutation } from "./mutation.ts";

const own = "(select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)";

/** Tables and views that carry rows past the policies. */
export const relationMutations: readonly Mutation[] = [
  {
    title: "a table with the organization and without row security",
    found: "RH0201",
    crossed: ["delete-all", "public.notes"],
    sql: "create table notes (organization_id uuid not null, id int, body text); grant all on notes to {{runtime}}",
  },
  {
    title: "a table that hangs on another one, without the organization",
    found: "RH0204",
    crossed: ["update-by-key", "public.attachments"],
    sql: `alter table projects add constraint by_id unique (id);
      create table attachments (id int primary key, project_id uuid not null references projects (id), url text);
      grant select, insert, update, delete on attachments to {{runtime}}`,
  },
  {
    title: "a table whose policies are written and sleep",
    found: "RH0201",
    sql: `create table notes (organization_id uuid not null, body text); grant select on notes to {{runtime}};
      create policy tenant_isolation on notes using (organization_id = ${own})`,
  },
  {
    title: "a partition that may be asked by its own name",
    found: "RH0205",
    crossed: ["select-all", "public.events_2026"],
    sql: `create table events (organization_id uuid not null, at date not null) partition by range (at);
      create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
      create policy tenant_isolation on events using (organization_id = ${own});
      create policy tenant_floor on events as restrictive using (organization_id = ${own});
      alter table events enable row level security, force row level security;
      grant select on events, events_2026 to {{runtime}}`,
  },
  {
    title: "a child table that inherits columns and no policy",
    found: "RH0205",
    sql: "create table old_projects () inherits (projects); grant select on old_projects to {{runtime}}",
  },
  {
    title: "a backup beside the table",
    found: "RH0201",
    sql: "create table projects_backup as table projects; grant select on projects_backup to {{runtime}}",
  },
  {
    title: "a view that reads as its owner, who is above row security",
    found: "RH0401",
    crossed: ["view-read", "public.all_projects"],
    sql: "create view all_projects as select * from projects; grant select on all_projects to {{runtime}}",
  },
  {
    title: "a view that only counts, as its owner",
    found: "RH0401",
    crossed: ["view-read", "public.project_count"],
    sql: "create view project_count as select count(*) from projects; grant select on project_count to {{runtime}}",
  },
  {
    title: "a view over a view that reads as its owner",
    found: "RH0401",
    crossed: ["view-read", "public.task_titles"],
    sql: `create view all_tasks as select * from tasks;
      create view task_titles with (security_invoker) as select title from all_tasks;
      grant select on all_tasks, task_titles to {{runtime}}`,
  },
  {
    title: "a materialized view",
    found: "RH0207",
    crossed: ["view-read", "public.task_report"],
    sql: "create materialized view task_report as select * from tasks; grant select on task_report to {{runtime}}",
  },
  {
    title: "a view that can be written through",
    found: "RH0401",
    crossed: ["view-write", "public.all_tasks"],
    sql: "create view all_tasks as select * from tasks; grant update, delete, select on all_tasks to {{runtime}}",
  },
];
