-- risk: none, everything in here is new

create table projects (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  name text not null check (char_length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create index projects_by_created on projects (organization_id, created_at, id);
create index projects_by_updated on projects (organization_id, updated_at, id);
create index projects_by_name on projects (organization_id, name, id);

create table tasks (
  organization_id uuid not null,
  id uuid not null default rowhouse.uuid_v7(),
  project_id uuid not null,
  title text not null check (char_length(title) between 1 and 200),
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create index tasks_by_created on tasks (organization_id, project_id, created_at, id);
create index tasks_by_title on tasks (organization_id, project_id, title, id);
create index tasks_by_completed on tasks (organization_id, completed_at) where completed_at is not null;
