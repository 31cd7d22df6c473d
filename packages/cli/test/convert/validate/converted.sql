-- The same application after a conversion, written by hand so that neither the planner nor the runner is what is tested.
create schema rowhouse_convert;
create table rowhouse_convert.owners (kind text, key text, user_id uuid, organization_id uuid not null, primary key (kind, key));
create function pg_temp.make(slug text) returns uuid language sql as $$
  with made as (select rowhouse.uuid_v7() as id),
  claimed as (insert into rowhouse.organization_slugs (slug, organization_id) select slug, id from made)
  insert into rowhouse.organizations (id, slug, name) select id, slug, slug from made returning id $$;
insert into rowhouse_convert.owners select 'user', id::text, rowhouse.uuid_v7(), pg_temp.make('user-' || id) from users;
insert into rowhouse_convert.owners select 'team', id::text, null, pg_temp.make('team-' || id) from teams;
insert into rowhouse.organization_slugs (slug, organization_id) values ('guests', '00000000-0000-7000-8000-000000000001');
insert into rowhouse.organizations (id, slug, name) values ('00000000-0000-7000-8000-000000000001', 'guests', 'Guests');
insert into rowhouse.memberships (organization_id, user_id, role) select organization_id, user_id, 'owner' from rowhouse_convert.owners where kind = 'user';
insert into rowhouse.memberships (organization_id, user_id, role)
  select t.organization_id, u.user_id, r.role
  from (values ('1', 'owner'), ('2', 'admin'), ('3', 'member')) r (key, role)
  join rowhouse_convert.owners u on u.kind = 'user' and u.key = r.key cross join rowhouse_convert.owners t where t.kind = 'team';

create function pg_temp.home(wanted text, of integer) returns uuid language sql stable as $$
  select organization_id from rowhouse_convert.owners where kind = wanted and key = of::text $$;
alter table projects add organization_id uuid;
alter table "Task" add organization_id uuid;
alter table notes add organization_id uuid;
alter table blobs add organization_id uuid;
alter table files add organization_id uuid;
alter table reactions add organization_id uuid;
alter table tags add organization_id uuid;
alter table shares add organization_id uuid;
update projects set organization_id = coalesce(pg_temp.home('team', team_id), pg_temp.home('user', user_id));
update "Task" t set organization_id = (select organization_id from projects p where p.id = t."projectId");
update notes set organization_id = coalesce(pg_temp.home('user', user_id), '00000000-0000-7000-8000-000000000001');
update files f set organization_id = (select organization_id from "Task" t where t.id = f.task_id);
update blobs b set organization_id = (select organization_id from files f where f.blob_id = b.id);
update reactions r set organization_id = case target_type
  when 'Task' then (select organization_id from "Task" t where t.id = r.target_id)
  else (select organization_id from notes n where n.id = r.target_id) end;
update tags set organization_id = pg_temp.home('user', user_id);
update shares s set organization_id = (select organization_id from projects p where p.id = s.project_id);
alter table projects alter organization_id set not null, add constraint projects_organization_fk foreign key (organization_id) references rowhouse.organizations;
alter table "Task" alter organization_id set not null;
alter table notes alter organization_id set not null;
alter table blobs alter organization_id set not null;
alter table files alter organization_id set not null;
alter table reactions alter organization_id set not null;
alter table shares alter organization_id set not null;
create index projects_organization on projects (organization_id, id);
alter table projects add unique (organization_id, id);
alter table "Task" add unique (organization_id, id), add foreign key (organization_id, "projectId") references projects (organization_id, id);
alter table "Task" add foreign key (organization_id, "parentId") references "Task" (organization_id, id);
alter table blobs add unique (organization_id, id);
alter table files add foreign key (organization_id, task_id) references "Task" (organization_id, id),
  add foreign key (organization_id, blob_id) references blobs (organization_id, id);
alter table shares add foreign key (organization_id, project_id) references projects (organization_id, id);
