-- risk: none, everything in here is new

-- A member that is a machine: has a role and keys, belongs to the organization and outlives whoever made it.
create table rowhouse.service_accounts (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  name text not null check (char_length(name) between 1 and 100),
  role text not null check (role in ('admin', 'member', 'viewer')),
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, name)
);
call rowhouse.protect('rowhouse.service_accounts');

create table rowhouse.api_keys (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  name text not null check (char_length(name) between 1 and 100),
  -- the part of the key that may be shown again
  prefix text not null check (char_length(prefix) between 4 and 40),
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  scopes text[] not null check (cardinality(scopes) between 1 and 500),
  -- whose permissions bound it: the person who made it, as long as they are a member, or a service account
  user_id uuid,
  service_account_id uuid,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, secret_hash),
  check ((user_id is null) <> (service_account_id is null)),
  foreign key (organization_id, user_id) references rowhouse.memberships (organization_id, user_id) on delete cascade,
  foreign key (organization_id, service_account_id)
    references rowhouse.service_accounts (organization_id, id) on delete cascade
);
call rowhouse.protect('rowhouse.api_keys');

-- What was answered to a POST that names a key, so that sending it twice does it once.
create table rowhouse.idempotency_keys (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  actor_id text not null check (char_length(actor_id) <= 200),
  key text not null check (char_length(key) between 1 and 200),
  request_hash bytea not null check (octet_length(request_hash) = 32),
  status integer not null check (status between 200 and 599),
  headers jsonb not null,
  body text,
  -- the answer showed a secret once, so that its body is not kept
  is_secret boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (organization_id, actor_id, key)
);
create index idempotency_keys_to_expire on rowhouse.idempotency_keys (created_at);
call rowhouse.protect('rowhouse.idempotency_keys');

-- Counters a window. Not a tenant's: an address that signs in has no organization yet.
create unlogged table rowhouse.rate_limits (
  bucket text primary key check (char_length(bucket) <= 200),
  count integer not null,
  resets_at timestamptz not null
);
create index rate_limits_to_expire on rowhouse.rate_limits (resets_at);

grant select, insert, update on rowhouse.service_accounts, rowhouse.api_keys to {{runtime}};
grant select, insert, delete on rowhouse.idempotency_keys to {{runtime}};
grant select, insert, update on rowhouse.rate_limits to {{runtime}}, {{identity}};
-- the nightly clean-up; to lock what it removes, so that it waits for nobody, it needs UPDATE on some column
grant select, delete, update (created_at) on rowhouse.idempotency_keys to {{operator}};
grant select, delete, update (resets_at) on rowhouse.rate_limits to {{operator}};
-- somebody who signs up with a service account's invitation: does that account still stand?
grant select on rowhouse.service_accounts to {{identity}};
