-- risk: none, everything in here is new

create function rowhouse.uuid_v7() returns uuid
  language sql volatile parallel safe set search_path = ''
  -- 48 bits of milliseconds over a random v4 uuid, then the version bits; Postgres 18 has uuidv7(), 15 to 17 have not
  return encode(
    set_bit(set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1),
    'hex')::uuid;

create table rowhouse.organizations (
  -- not the canary's, see below
  id uuid primary key default rowhouse.uuid_v7() check (id <> 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
  slug text not null,
  name text not null check (char_length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Every name that ever led to an organization. Unique over all of them on purpose: a URL is shared by everyone.
create table rowhouse.organization_slugs (
  slug text primary key check (slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'),
  -- deferred: a slug is claimed before its organization is written
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade deferrable initially deferred,
  created_at timestamptz not null default now(),
  unique (organization_id, slug)
);

alter table rowhouse.organizations
  add foreign key (id, slug) references rowhouse.organization_slugs (organization_id, slug)
  deferrable initially deferred;

create table rowhouse.memberships (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index memberships_of_user on rowhouse.memberships (user_id, organization_id);

-- A tenant table whose one row belongs to no organization: the boot guard sees it in its own context and must not see it in
-- any other. Policies, grants and the row come as for the application's tables, at the end of the migration.
create table rowhouse.canaries (
  organization_id uuid primary key
);

-- What operators did across tenants, and why. Nobody may change or remove a line.
create table rowhouse.operator_log (
  id uuid primary key default rowhouse.uuid_v7(),
  operator text not null check (char_length(operator) between 1 and 200),
  reason text not null check (char_length(reason) between 1 and 1000),
  created_at timestamptz not null default now()
);

-- A membership is the organization's, and its user may read it: that is how a request finds its organization.
create policy tenant_isolation on rowhouse.memberships for all to public
  using (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid))
  with check (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));
create policy own_memberships on rowhouse.memberships for select to public
  using (user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid));
create policy tenant_floor on rowhouse.memberships as restrictive for all to public
  using (
    organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)
    or user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid))
  with check (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));

create policy tenant_isolation on rowhouse.organizations for all to public
  using (id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid))
  with check (id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));
create policy own_organizations on rowhouse.organizations for select to public
  using (id = any (array(
    select organization_id from rowhouse.memberships
    where user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid))));
create policy tenant_floor on rowhouse.organizations as restrictive for all to public
  using (
    id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)
    or id = any (array(
      select organization_id from rowhouse.memberships
      where user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid))))
  with check (id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));

create policy tenant_isolation on rowhouse.organization_slugs for all to public
  using (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid))
  with check (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));
create policy own_slugs on rowhouse.organization_slugs for select to public
  using (organization_id = any (array(
    select organization_id from rowhouse.memberships
    where user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid))));
create policy tenant_floor on rowhouse.organization_slugs as restrictive for all to public
  using (
    organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)
    or organization_id = any (array(
      select organization_id from rowhouse.memberships
      where user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid))))
  with check (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));

alter table rowhouse.memberships enable row level security, force row level security;
alter table rowhouse.organizations enable row level security, force row level security;
alter table rowhouse.organization_slugs enable row level security, force row level security;

grant usage on schema rowhouse to {{runtime}}, {{identity}}, {{operator}};
grant select, insert on rowhouse.organizations, rowhouse.organization_slugs, rowhouse.memberships to {{runtime}}, {{identity}};
grant update (name, updated_at) on rowhouse.organizations to {{runtime}};
grant select on rowhouse.organizations, rowhouse.organization_slugs, rowhouse.memberships to {{operator}};
grant select, insert on rowhouse.operator_log to {{operator}};
