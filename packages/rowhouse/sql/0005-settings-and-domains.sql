-- risk: none, everything in here is new

create table rowhouse.organization_settings (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  key text not null check (char_length(key) between 1 and 100),
  value jsonb not null,
  -- rises with each write; a writer names the one it read
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  primary key (organization_id, key)
);
call rowhouse.protect('rowhouse.organization_settings');

-- When a slug stopped being the current one. It keeps redirecting; it can go to somebody else only after its organization
-- is gone and the quarantine has passed.
alter table rowhouse.organization_slugs add retired_at timestamptz;

create table rowhouse.slug_quarantine (
  slug text primary key,
  free_at timestamptz not null
);

create function rowhouse.quarantine_slug() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  insert into rowhouse.slug_quarantine values (old.slug, now() + interval '90 days')
  on conflict (slug) do update set free_at = excluded.free_at;
  return null;
end
$$;
revoke execute on function rowhouse.quarantine_slug() from public;
create trigger quarantine after delete on rowhouse.organization_slugs
  for each row execute function rowhouse.quarantine_slug();

create function rowhouse.refuse_quarantined_slug() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select from rowhouse.slug_quarantine where slug = new.slug and free_at > now()) then
    return null; -- looks like a slug that is taken
  end if;
  return new;
end
$$;
revoke execute on function rowhouse.refuse_quarantined_slug() from public;
create trigger refuse_quarantined before insert on rowhouse.organization_slugs
  for each row execute function rowhouse.refuse_quarantined_slug();

create table rowhouse.domains (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  domain text not null check (domain = lower(domain) and char_length(domain) between 3 and 253),
  status text not null default 'pending' check (status in ('pending', 'verified', 'lapsed')),
  mode text not null default 'off' check (mode in ('off', 'ask', 'auto')),
  -- what the DNS TXT record must hold
  token text not null check (char_length(token) between 20 and 100),
  method text check (method in ('dns', 'email')),
  join_role text not null default 'member' check (join_role in ('member', 'viewer')),
  -- the open proof by mail: SHA-256 of its token, to which mailbox it went, until when it holds
  mail_token_hash bytea unique check (octet_length(mail_token_hash) = 32),
  mail_address text check (char_length(mail_address) <= 320),
  mail_expires_at timestamptz,
  verified_at timestamptz,
  checked_at timestamptz,
  -- since when the proof has been missing
  failing_since timestamptz,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, domain),
  check (num_nulls(mail_token_hash, mail_address, mail_expires_at) in (0, 3)),
  check (status <> 'verified' or (method is not null and verified_at is not null))
);
create index domains_to_check on rowhouse.domains (checked_at) where status = 'verified';
-- A domain belongs to one organization at a time. That it is taken shows only to somebody who controls it.
create unique index domains_verified on rowhouse.domains (domain) where status = 'verified';
call rowhouse.protect('rowhouse.domains');

-- Somebody with a verified address at a domain may learn who takes people from there. The context names the domain; the
-- application sets it from the address in the session and from nowhere else.
create policy by_verified_address on rowhouse.domains for select to public
  using (status = 'verified' and mode <> 'off'
    and domain = (select nullif(current_setting('rowhouse.address_domain', true), '')));
drop policy tenant_floor on rowhouse.domains;
create policy tenant_floor on rowhouse.domains as restrictive for all to public
  using (
    organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)
    or (status = 'verified' and mode <> 'off'
      and domain = (select nullif(current_setting('rowhouse.address_domain', true), ''))))
  with check (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));

-- The organization that takes people from a domain, for a session whose address there was verified. The context ends with
-- the statement's transaction.
create function rowhouse.organization_of_domain(address_domain text) returns uuid
  language plpgsql volatile set search_path = ''
as $$
begin
  perform set_config('rowhouse.address_domain', address_domain, true);
  return (select organization_id from rowhouse.domains
    where domain = address_domain and status = 'verified' and mode <> 'off');
end
$$;
revoke execute on function rowhouse.organization_of_domain(text) from public;
grant execute on function rowhouse.organization_of_domain(text) to {{runtime}};

create table rowhouse.join_requests (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  user_id uuid not null,
  name text not null check (char_length(name) <= 200),
  email text not null check (char_length(email) <= 254),
  status text not null default 'open' check (status in ('open', 'approved', 'declined')),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  primary key (organization_id, user_id)
);
create index join_requests_open on rowhouse.join_requests (organization_id, created_at, user_id) where status = 'open';
call rowhouse.protect('rowhouse.join_requests');

-- Whose membership ended, whoever ended it. A verified domain lets nobody back in unasked who left or was removed.
create table rowhouse.former_members (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  user_id uuid not null,
  ended_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
call rowhouse.protect('rowhouse.former_members');

create function rowhouse.remember_former_member() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  -- row security binds the owner of this function too: without the context, as for an administrator, it would see nothing
  context constant text[] := rowhouse.enter_organization(old.organization_id);
begin
  -- when the organization itself went, its memberships went with it
  if exists (select from rowhouse.organizations where id = old.organization_id) then
    insert into rowhouse.former_members (organization_id, user_id) values (old.organization_id, old.user_id)
    on conflict (organization_id, user_id) do update set ended_at = excluded.ended_at;
  end if;
  perform rowhouse.leave_organization(context);
  return null;
end
$$;
revoke execute on function rowhouse.remember_former_member() from public;
create trigger remember_former_member after delete on rowhouse.memberships
  for each row execute function rowhouse.remember_former_member();

grant select, insert, update on rowhouse.organization_settings to {{runtime}};
grant select, insert, update, delete on rowhouse.domains to {{runtime}};
grant select, insert, update on rowhouse.join_requests to {{runtime}};
grant select on rowhouse.former_members to {{runtime}};
grant update (retired_at) on rowhouse.organization_slugs to {{runtime}};
-- the nightly check of verified domains
grant select (organization_id, id, domain, status, mode, token, method, verified_at, checked_at, failing_since),
  update (status, checked_at, failing_since) on rowhouse.domains to {{operator}};
