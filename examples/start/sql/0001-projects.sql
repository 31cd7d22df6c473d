-- risk: none, everything in here is new

create table projects (
  -- the default lets an ORM leave the column out; row security would refuse any other value
  organization_id uuid not null default nullif(current_setting('rowhouse.organization_id', true), '')::uuid
    references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  name text not null check (char_length(name) between 1 and 100),
  created_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, id),
  unique (organization_id, name)
);

create table tasks (
  organization_id uuid not null default nullif(current_setting('rowhouse.organization_id', true), '')::uuid,
  id uuid not null default rowhouse.uuid_v7(),
  project_id uuid not null,
  title text not null check (char_length(title) between 1 and 200),
  primary key (organization_id, id),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create index tasks_of_project on tasks (organization_id, project_id);
