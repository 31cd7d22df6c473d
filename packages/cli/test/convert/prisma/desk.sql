-- What Prisma makes of desk.prisma, with a few rows.
create schema auth;
create type issue_state as enum ('open', 'closed');
create table auth.users (id uuid primary key default gen_random_uuid(), email text not null);
create table auth.sessions (token text primary key, user_id uuid not null, expires timestamptz(6) not null);
create table projects (id uuid primary key default gen_random_uuid(), owner_id uuid not null, key varchar(10) not null);
create table boards (id serial primary key, project_id uuid not null);
create table stages (project_id uuid not null, number integer not null, primary key (project_id, number));
create table issues (
  id bigserial primary key, project_id uuid not null, stage_number integer, parent_id bigint, state issue_state not null default 'open',
  assignee_id uuid, reporter_id uuid not null);
create table votes (issue_id bigint not null, user_id uuid not null, primary key (issue_id, user_id));
create unique index users_email_key on auth.users (email);
create unique index projects_owner_key on projects (owner_id, key);
create unique index boards_project_id_key on boards (project_id);
create index issues_of_assignee on issues (assignee_id, state);
alter table auth.sessions add constraint sessions_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade on update cascade;
alter table projects add constraint projects_owner_id_fkey foreign key (owner_id) references auth.users (id) on delete cascade on update cascade;
alter table boards add constraint boards_project_id_fkey foreign key (project_id) references projects (id) on delete cascade on update cascade;
alter table stages add constraint stages_project_id_fkey foreign key (project_id) references projects (id) on delete cascade on update cascade;
alter table issues add constraint issues_project_id_fkey foreign key (project_id) references projects (id) on delete cascade on update cascade;
alter table issues add constraint issues_project_id_stage_number_fkey foreign key (project_id, stage_number) references stages (project_id, number);
alter table issues add constraint issues_parent_id_fkey foreign key (parent_id) references issues (id) on delete set null on update cascade;
alter table issues add constraint issues_assignee_id_fkey foreign key (assignee_id) references auth.users (id) on delete set null on update cascade;
alter table issues add constraint issues_reporter_id_fkey foreign key (reporter_id) references auth.users (id) on delete cascade on update cascade;
alter table votes add constraint votes_issue_id_fkey foreign key (issue_id) references issues (id) on delete cascade on update cascade;
alter table votes add constraint votes_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade on update cascade;

insert into auth.users (email) values ('ada@example.org'), ('bob@example.org');
insert into auth.sessions select email, id, now() from auth.users;
insert into projects (owner_id, key) select id, 'A' from auth.users;
insert into boards (project_id) select id from projects;
insert into stages select id, 1 from projects;
insert into issues (project_id, stage_number, assignee_id, reporter_id) select id, 1, owner_id, owner_id from projects;
insert into votes select id, reporter_id from issues;
analyze;
