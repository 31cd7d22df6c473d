-- As policies on Supabase are written: who asks is in the claims of a token, and memberships say what is theirs.
create schema auth;
create table auth.users (id uuid primary key, email text);
create function auth.uid() returns uuid language sql stable as
  $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
create table organizations (id uuid primary key default gen_random_uuid(), name text not null);
create table memberships (
  organization_id uuid not null references organizations on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  primary key (organization_id, user_id)
);
create function mine() returns setof uuid language sql stable security definer set search_path = '' as
  $$ select organization_id from public.memberships where user_id = auth.uid() $$;
create function is_iban(value text) returns boolean language sql immutable as
  $$ select md5(value) = md5('DE02120300000000202051') $$;
create table accounts (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null default gen_random_uuid(),
  iban text not null check (is_iban(iban)),
  primary key (organization_id, id)
);
create role {{app}};
grant usage on schema auth to {{app}};
grant select on organizations, memberships to {{app}};
grant select, insert, update, delete on accounts to {{app}};
alter table organizations enable row level security;
alter table memberships enable row level security;
alter table accounts enable row level security;
create policy theirs on organizations to {{app}} using (id in (select mine()));
create policy theirs on memberships to {{app}} using (organization_id in (select mine()));
create policy theirs on accounts to {{app}} using (organization_id in (select mine()));
