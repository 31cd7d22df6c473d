-- Holes of every kind, made in the clean product by somebody in a hurry.
alter table tasks disable row level security;
alter table projects no force row level security;
drop policy tenant_floor on projects;
create policy everything on projects for select using (true);
create policy open_at_start on memberships
  using (nullif(current_setting('app.org', true), '') is null
    or organization_id = (select nullif(current_setting('app.org', true), '')::uuid));
drop policy tenant_floor on memberships;
create table tasks_backup as table tasks;
grant select on tasks_backup to {{app}};
create table notes (organization_id uuid, body text);
alter table notes enable row level security, force row level security;
create policy mine on notes using (organization_id = current_setting('app.org', true)::uuid);
grant select, insert, update, delete on notes to {{app}};
