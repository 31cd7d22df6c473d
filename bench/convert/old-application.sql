-- What stands before the conversion: tasks in projects, comments on tasks, tags on tasks; nobody but the users owns anything.
create table users (id bigint generated always as identity primary key, email text not null unique, name text not null, created_at timestamptz not null default now());
create table projects (
  id bigint generated always as identity primary key, user_id bigint not null references users on delete cascade, name text not null,
  created_at timestamptz not null default now());
create index projects_of_user on projects (user_id);
create table tasks (
  id bigint generated always as identity primary key, project_id bigint not null references projects on delete cascade, title text not null,
  done boolean not null default false, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create index tasks_of_project on tasks (project_id, created_at desc);
create table comments (
  id bigint generated always as identity primary key, task_id bigint not null references tasks on delete cascade, author_id bigint not null references users,
  body text not null, created_at timestamptz not null default now());
create index comments_of_task on comments (task_id);
create table tags (
  id bigint generated always as identity primary key, user_id bigint not null references users on delete cascade, name text not null, unique (user_id, name));
create table task_tags (
  task_id bigint not null references tasks on delete cascade, tag_id bigint not null references tags on delete cascade, primary key (task_id, tag_id));

create function touch() returns trigger language plpgsql as $$ begin new.updated_at := now(); return new; end $$;
create trigger tasks_touch before update on tasks for each row execute function touch();
