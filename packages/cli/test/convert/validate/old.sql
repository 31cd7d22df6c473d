-- A small application with one table for each way to an owner.
create table users (id integer primary key, name text not null);
create table teams (id integer primary key, name text not null, owner_id integer not null references users);
create table team_members (team_id integer not null references teams, user_id integer not null references users, role text not null);
create table projects (id integer primary key, user_id integer not null references users, team_id integer references teams, name text not null);
create table "Task" (
  id integer primary key, "projectId" integer not null references projects, "parentId" integer references "Task", title text not null);
create table notes (id integer primary key, user_id integer references users, body text);
create table blobs (id integer primary key, body text not null);
create table files (id integer primary key, task_id integer not null references "Task", blob_id integer not null unique references blobs);
create table reactions (id integer primary key, target_type text not null, target_id integer not null);
create table tags (id integer primary key, user_id integer references users, name text not null);
create table shares (id integer primary key, project_id integer not null references projects, granted_to_project integer references projects);

insert into users select n, 'user ' || n from generate_series(1, 5) n;
insert into teams values (1, 'team', 1);
insert into team_members values (1, 2, 'admin'), (1, 2, 'admin'), (1, 3, 'guest');
insert into projects select n, 1 + n % 5, case when n % 2 = 0 and n % 5 < 3 then 1 end, 'project ' || n from generate_series(1, 20) n;
insert into "Task" select n, 1 + n % 20, null, 'task ' || n from generate_series(1, 80) n;
update "Task" c set "parentId" = c.id - 20 where id > 60;
insert into notes select n, case when n % 4 > 0 then 1 + n % 5 end, 'note' from generate_series(1, 20) n;
insert into blobs select n, 'blob' from generate_series(1, 10) n;
insert into files select n, n, n from generate_series(1, 10) n;
insert into reactions select n, case when n % 2 = 0 then 'Task' else 'Note' end, n from generate_series(1, 20) n;
insert into tags select n, case when n > 3 then 1 + n % 5 end, 'tag' from generate_series(1, 10) n;
insert into shares select n, n, n + 1 from generate_series(1, 10) n;
