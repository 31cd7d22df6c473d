/** One change of our own schema that would let tenants reach each other, or make it likely. */
export interface Mutation {
  readonly title: string;
  /** `{{runtime}}` and `{{owner}}` are roles of the test's own, `{{database}}` its database. Statements run as a superuser. */
  readonly sql: string;
  /** Relations on which a proof must see it; left out where only the doctor can, because nothing is reached yet. */
  readonly crossed?: readonly string[];
}

const own = "(select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)";
const noOrganization = "(select nullif(current_setting('rowhouse.organization_id', true), '')) is null";

/** Both canonical policies say the same: an opening must be made in both. */
const everywhere = (table: string, clause: string): string =>
  `alter policy tenant_isolation on ${table} ${clause}; alter policy tenant_floor on ${table} ${clause}`;

const switches: readonly Mutation[] = [
  ...["projects", "tasks", "rowhouse.memberships", "rowhouse.invitations", "rowhouse.audit_events"].flatMap((table) => [
    {
      title: `row security of ${table} switched off`,
      sql: `alter table ${table} disable row level security`,
      crossed: [table],
    },
    { title: `row security of ${table} not forced`, sql: `alter table ${table} no force row level security` },
  ]),
];

const policies: readonly Mutation[] = [
  ...["projects", "tasks", "rowhouse.api_keys", "rowhouse.domains"].map((table) => ({
    title: `the policies of ${table} let everything pass`,
    sql: everywhere(table, "using (true) with check (true)"),
    crossed: [table],
  })),
  {
    title: "a wide policy beside the canonical one, the floor gone",
    sql: "create policy everybody on projects for select using (true); drop policy tenant_floor on projects",
    crossed: ["projects"],
  },
  {
    title: "rows shown to whoever has no organization",
    sql: everywhere("projects", `using (organization_id = ${own} or ${noOrganization})`),
    crossed: ["projects"],
  },
  {
    title: "an organization that is not named means every organization",
    sql: everywhere("tasks", `using (organization_id = coalesce(${own}, organization_id))`),
    crossed: ["tasks"],
  },
  {
    title: "writes that nobody checks",
    sql: everywhere("projects", "with check (true)"),
    crossed: ["projects"],
  },
  {
    title: "updates that reach further than what is seen",
    sql: "drop policy tenant_floor on tasks; create policy any_update on tasks for update using (true) with check (true)",
    crossed: ["tasks"],
  },
  {
    title: "deletions that reach further than what is seen",
    sql: "drop policy tenant_floor on tasks; create policy any_delete on tasks for delete using (true)",
    crossed: ["tasks"],
  },
  {
    title: "a switch that application code can set",
    sql: everywhere("projects", `using (organization_id = ${own} or current_setting('app.admin', true) = 'on')`),
  },
  {
    title: "a switch by the user's name that a session can set",
    sql: everywhere("projects", `using (organization_id = ${own} or current_setting('application_name') = 'admin')`),
  },
  {
    title: "the context read by a function that calls itself immutable",
    sql: `create function current_organization() returns uuid immutable language sql
      return nullif(current_setting('rowhouse.organization_id', true), '')::uuid;
      ${everywhere("projects", "using (organization_id = current_organization())")}`,
    crossed: ["projects"],
  },
  {
    title: "the context read by a function whose names anybody can redirect",
    sql: `create function current_organization() returns uuid stable language plpgsql
      as $$ begin return nullif(current_setting('rowhouse.organization_id', true), '')::uuid; end $$;
      ${everywhere("projects", "using (organization_id = current_organization())")}`,
  },
  {
    title: "a floor that is a policy like the others",
    sql: `drop policy tenant_floor on projects; create policy tenant_floor on projects using (organization_id = ${own} or name like 'Shared%')`,
  },
  {
    title: "rows of all organizations for the role that serves, for a demo",
    sql: `drop policy tenant_floor on projects; create policy demo on projects for select to {{runtime}} using (name <> 'secret')`,
    crossed: ["projects"],
  },
  {
    title: "invitations found by nothing",
    sql: "drop policy tenant_floor on rowhouse.invitations; alter policy by_token on rowhouse.invitations using (true)",
    crossed: ["rowhouse.invitations"],
  },
  {
    title: "all memberships shown",
    sql: "drop policy tenant_floor on rowhouse.memberships; alter policy own_memberships on rowhouse.memberships using (true)",
    crossed: ["rowhouse.memberships"],
  },
];

const relations: readonly Mutation[] = [
  {
    title: "a table with the organization and without row security",
    sql: "create table notes (organization_id uuid not null, id int, body text); grant all on notes to {{runtime}}",
    crossed: ["notes"],
  },
  {
    title: "a table that hangs on another one, without the organization",
    sql: `alter table projects add constraint by_id unique (id);
      create table attachments (id int primary key, project_id uuid not null references projects (id), url text);
      grant select, insert, update, delete on attachments to {{runtime}}`,
    crossed: ["attachments"],
  },
  {
    title: "a table whose policies are written and sleep",
    sql: `create table notes (organization_id uuid not null, body text); grant select on notes to {{runtime}};
      create policy tenant_isolation on notes using (organization_id = ${own})`,
    crossed: ["notes"],
  },
  {
    title: "a partition that may be asked by its own name",
    sql: `create table events (organization_id uuid not null, at date not null) partition by range (at);
      create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
      create policy tenant_isolation on events using (organization_id = ${own});
      create policy tenant_floor on events as restrictive using (organization_id = ${own});
      alter table events enable row level security, force row level security;
      grant select on events, events_2026 to {{runtime}}`,
    crossed: ["events_2026"],
  },
  {
    title: "a child table that inherits columns and no policy",
    sql: "create table old_projects () inherits (projects); grant select on old_projects to {{runtime}}",
    crossed: ["old_projects"],
  },
  {
    title: "a backup beside the table",
    sql: "create table projects_backup as table projects; grant select on projects_backup to {{runtime}}",
    crossed: ["projects_backup"],
  },
  {
    title: "a view that reads as its owner, who is above row security",
    sql: "create view all_projects as select * from projects; grant select on all_projects to {{runtime}}",
    crossed: ["all_projects"],
  },
  {
    title: "a view that only counts, as its owner",
    sql: "create view project_count as select count(*) from projects; grant select on project_count to {{runtime}}",
    crossed: ["project_count"],
  },
  {
    title: "a view over a view that reads as its owner",
    sql: `create view all_tasks as select * from tasks;
      create view task_titles with (security_invoker) as select title from all_tasks;
      grant select on all_tasks, task_titles to {{runtime}}`,
    crossed: ["task_titles"],
  },
  {
    title: "a materialized view",
    sql: "create materialized view task_report as select * from tasks; grant select on task_report to {{runtime}}",
    crossed: ["task_report"],
  },
  {
    title: "a view that can be written through",
    sql: "create view all_tasks as select * from tasks; grant update, delete, select on all_tasks to {{runtime}}",
    crossed: ["all_tasks"],
  },
];

const functions: readonly Mutation[] = [
  {
    title: "a function that reads as its owner",
    sql: `create function all_projects() returns setof projects language sql security definer set search_path = ''
      begin atomic; select * from public.projects; end`,
    crossed: ["database"],
  },
  {
    title: "a function that reads as its owner, by id",
    sql: `create function project_name(wanted uuid) returns text language sql security definer set search_path = ''
      return (select name from public.projects where id = wanted)`,
    crossed: ["database"],
  },
  {
    title: "a function that writes as its owner, by id",
    sql: `create function rename_project(wanted uuid, called text) returns void language sql security definer set search_path = ''
      begin atomic; update public.projects set name = called where id = wanted; end`,
    crossed: ["database"],
  },
  {
    title: "a function of the owner's without a search_path",
    sql: `create function touch() returns int language plpgsql security definer as $$ begin return 1; end $$`,
  },
  {
    title: "the path of a function of ours let go",
    sql: "alter function rowhouse.lock_organization(uuid) reset search_path",
  },
  {
    title: "the pruning of the audit log for the role that serves",
    sql: "grant execute on function rowhouse.prune_audit_events(uuid, timestamptz, text, text, integer) to {{runtime}}",
  },
  {
    title: "a function that calls itself leakproof",
    sql: `create function same(left_one text, right_one text) returns boolean leakproof immutable language plpgsql
      as $$ begin raise notice '%', left_one; return left_one = right_one; end $$;
      grant execute on function same(text, text) to {{runtime}}`,
  },
  {
    title: "a trigger that copies rows where all can read them",
    sql: `create table changes (at timestamptz default now(), line text); grant select on changes to {{runtime}};
      create function note_change() returns trigger language plpgsql security definer set search_path = '' as
        $$ begin insert into public.changes (line) values (new.name); return new; end $$;
      create trigger note_change after insert or update on projects for each row execute function note_change()`,
  },
  {
    title: "a rule that copies rows",
    sql: `create table changes (line text); grant select on changes to {{runtime}};
      create rule note_change as on insert to projects do also insert into changes values (new.name)`,
  },
];

const privileges: readonly Mutation[] = [
  ...["projects", "rowhouse.memberships"].map((table) => ({
    title: `TRUNCATE of ${table}`,
    sql: `grant truncate on ${table} to {{runtime}}`,
  })),
  { title: "TRIGGER on a table", sql: "grant trigger on projects to {{runtime}}" },
  { title: "a table owned by the role that serves", sql: "alter table tasks owner to {{runtime}}" },
  ...["superuser", "bypassrls", "createrole", "replication"].map((attribute) => ({
    title: `the attribute ${attribute}`,
    sql: `alter role {{runtime}} ${attribute}`,
    ...(attribute === "superuser" || attribute === "bypassrls" ? { crossed: ["projects"] } : {}),
  })),
  ...["pg_read_all_data", "pg_write_all_data", "pg_execute_server_program", "pg_read_server_files"].map((role) => ({
    title: `membership in ${role}`,
    sql: `grant ${role} to {{runtime}}`,
  })),
  { title: "membership in the owner", sql: "grant {{owner}} to {{runtime}}", crossed: ["database"] },
  { title: "membership in the operator", sql: "grant {{operator}} to {{runtime}}", crossed: ["database"] },
  { title: "objects in a schema that names are looked up in", sql: "grant create on schema public to {{runtime}}" },
  {
    title: "tables to come, open to the role that serves",
    sql: "alter default privileges in schema public grant all on tables to {{runtime}}",
  },
  { title: "all rows published", sql: "create publication everything for all tables" },
];

const keys: readonly Mutation[] = [
  {
    title: "a unique key over all organizations",
    sql: "create unique index one_name on projects (name)",
    crossed: ["projects"],
  },
  {
    title: "a foreign key without the organization",
    sql: `alter table projects add constraint by_id unique (id);
      alter table tasks drop constraint tasks_organization_id_project_id_fkey,
        add constraint loose foreign key (project_id) references projects (id) on delete cascade`,
    crossed: ["tasks"],
  },
  {
    title: "a second foreign key that leaves the organization out",
    sql: `alter table projects add constraint by_id unique (id);
      alter table projects add column copied_from uuid references projects (id);
      grant update (copied_from), insert (copied_from) on projects to {{runtime}}`,
    crossed: ["projects"],
  },
  {
    title: "an organization that may be null",
    sql: "alter table tasks drop constraint tasks_pkey, alter organization_id drop not null",
  },
  {
    title: "a foreign key that was never validated",
    sql: `alter table tasks drop constraint tasks_organization_id_project_id_fkey,
      add constraint unchecked foreign key (organization_id, project_id) references projects (organization_id, id) not valid`,
  },
  {
    title: "a deletion that takes the organization out of a row",
    sql: `alter table tasks drop constraint tasks_organization_id_project_id_fkey,
      add constraint loosening foreign key (organization_id, project_id) references projects (organization_id, id) on delete set null`,
  },
  {
    title: "no foreign key to the organizations",
    sql: "alter table projects drop constraint projects_organization_id_fkey",
  },
];

const settings: readonly Mutation[] = [
  {
    title: "an organization that every session of the database has",
    sql: "alter database {{database}} set rowhouse.organization_id = '0190a000-0000-7000-8000-000000000001'",
  },
  {
    title: "an organization that every session of the role has",
    sql: "alter role {{runtime}} set rowhouse.organization_id = '0190a000-0000-7000-8000-000000000001'",
  },
  { title: "row security off for the role", sql: "alter role {{runtime}} set row_security = off" },
  {
    title: "an organization that every new row has",
    sql: "alter table projects alter organization_id set default '0190a000-0000-7000-8000-000000000001'",
  },
];

/** At least sixty; each is caught by the doctor, by a proof, or by both. */
export const mutations: readonly Mutation[] = [
  ...switches,
  ...policies,
  ...relations,
  ...functions,
  ...privileges,
  ...keys,
  ...settings,
];
