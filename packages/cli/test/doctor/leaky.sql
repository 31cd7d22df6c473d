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
-- Names that SQL must quote, and that a comment or a format string could trip over.
create schema "a.b";
grant usage on schema "a.b" to {{app}};
create table "a.b"."select" (organization_id uuid not null references organizations, id uuid primary key default gen_random_uuid(), "Odd ""name""" text);
create table "a.b"."Odd ""name""" (
  organization_id uuid not null references organizations, id uuid primary key default gen_random_uuid(),
  "from" uuid constraint "it's ""odd""" references "a.b"."select", "100%s" text unique);
alter table "a.b"."Odd ""name""" enable row level security;
create policy "it's; -- open" on "a.b"."Odd ""name""" using (true);
grant select, insert, update, delete on all tables in schema "a.b" to public;
create view "a.b"."View" as select * from "a.b"."select";
grant select on "a.b"."View" to {{app}};
create function "a.b"."Count ""all"""() returns bigint language sql security definer as 'select count(*) from "a.b"."select"';
