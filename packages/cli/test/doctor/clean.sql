-- A product without a hole, with other names than Rowhouse's own. {{owner}} and {{app}} are roles of one test file.
set role {{owner}};

create table organizations (id uuid primary key default gen_random_uuid(), name text not null);
create table users (id uuid primary key default gen_random_uuid(), email text not null unique);
create table plans (code text primary key, name text not null);

create table memberships (
  organization_id uuid not null references organizations (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  role text not null,
  primary key (organization_id, user_id)
);
create table projects (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null,
  primary key (organization_id, id)
);
create table tasks (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  project_id uuid not null,
  title text not null,
  done boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, title),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create index tasks_by_created on tasks (organization_id, created_at);

create table events (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  happened_at timestamptz not null,
  primary key (organization_id, happened_at, id)
) partition by range (happened_at);
create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');

do $$
declare name text;
begin
  foreach name in array array['memberships', 'projects', 'tasks', 'events'] loop
    execute format(
      'create policy tenant_isolation on %1$I for all to public
         using (organization_id = (select nullif(current_setting(''app.org'', true), '''')::uuid))
         with check (organization_id = (select nullif(current_setting(''app.org'', true), '''')::uuid));
       create policy tenant_floor on %1$I as restrictive for all to public
         using (organization_id = (select nullif(current_setting(''app.org'', true), '''')::uuid))
         with check (organization_id = (select nullif(current_setting(''app.org'', true), '''')::uuid));
       alter table %1$I enable row level security, force row level security', name);
  end loop;
  -- The tenants' own table has its id for a tenant column.
  create policy tenant_isolation on organizations for select to public
    using (id = (select nullif(current_setting('app.org', true), '')::uuid));
  alter table organizations enable row level security, force row level security;
end
$$;

create view open_tasks with (security_invoker) as select * from tasks where not done;
create function count_tasks() returns bigint language sql stable return (select count(*) from public.tasks);

grant select on organizations, plans to {{app}};
grant select, insert, delete on memberships, projects, tasks, events to {{app}};
grant update (role) on memberships to {{app}};
grant update (name) on projects to {{app}};
grant update (title, done) on tasks to {{app}};
grant select on open_tasks to {{app}};

reset role;

insert into organizations (id, name) values
  ('a0000000-0000-4000-8000-000000000001', 'Acme'), ('b0000000-0000-4000-8000-000000000002', 'Globex');
insert into plans values ('free', 'Free');


-- What only the server's administrator decides.
create function refuse_unprotected_tables() returns event_trigger language plpgsql set search_path = '' as $$
begin
  -- A test's holes have to be made somehow; a real one would refuse or protect what is made.
end
$$;
create event trigger refuse_unprotected_tables on ddl_command_end
  when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO') execute function refuse_unprotected_tables();
revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
