-- risk: low, adds columns with constant defaults and triggers to small tables

alter table rowhouse.organizations
  add status text not null default 'active' check (status in ('active', 'suspended')),
  add suspended_reason text check (char_length(suspended_reason) <= 1000),
  -- the most members together with pending invitations; null for no limit
  add member_limit integer check (member_limit >= 1),
  add is_personal boolean not null default false,
  -- whose personal workspace it is: one for each person, with one seat, so that nobody can be invited into it
  add personal_of uuid unique,
  add constraint personal_has_one_seat check (
    is_personal = (personal_of is not null) and (not is_personal or member_limit is not distinct from 1)),
  add description text not null default '' check (char_length(description) <= 500),
  add logo_key text check (char_length(logo_key) <= 200);

alter table rowhouse.memberships
  add status text not null default 'active' check (status in ('active', 'suspended')),
  -- what a members page shows and searches, kept here so that it asks one table
  add name text not null default '' check (char_length(name) <= 200),
  add email text not null default '' check (char_length(email) <= 254),
  -- What is searched, and the order of the list, in lower case. Under row security no index can find a part of a text (LIKE
  -- is not leakproof), so a search that finds few looks at every member of the organization. The indexes below hold all that
  -- it looks at, and as far as autovacuum keeps up it reads no row; bench/members.ts measures it.
  add search text not null generated always as (lower(btrim(name || ' ' || email))) stored;

create index memberships_by_name on rowhouse.memberships (organization_id, search, user_id);
create index memberships_by_role on rowhouse.memberships (organization_id, role, search, user_id);
create index memberships_suspended on rowhouse.memberships (organization_id, search, user_id) where status = 'suspended';
create index memberships_by_created on rowhouse.memberships (organization_id, created_at, user_id) include (search);
create index memberships_active_owners on rowhouse.memberships (organization_id)
  where role = 'owner' and status = 'active';

-- The lock under which an organization's members change: one change after the other, whatever they are. It is not FOR
-- UPDATE, which would wait for everybody who writes a row that points at the organization and end in deadlocks with them.
-- A transaction takes it before it locks any row below the organization.
create function rowhouse.lock_organization(organization uuid) returns boolean
  language plpgsql security definer set search_path = ''
as $$
begin
  perform from rowhouse.organizations where id = organization for no key update;
  if found and current_setting('transaction_isolation') <> 'read committed' then
    -- These see the rows as of their beginning. A write makes the later of two fail where a lock would let it count old rows.
    update rowhouse.organizations set updated_at = updated_at where id = organization;
  end if;
  return found;
end
$$;
revoke execute on function rowhouse.lock_organization(uuid) from public;

-- Whoever writes the change: an organization that has members has an owner who can act. Asked at commit, after the
-- organization's row is locked, so that two owners who leave at once cannot both be the last but one.
create function rowhouse.require_owner() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  -- row security binds the owner of this function too: without the context, as for an administrator, it would see nothing
  context constant text[] := rowhouse.enter_organization(old.organization_id);
begin
  -- when the organization itself went, its memberships went with it
  if rowhouse.lock_organization(old.organization_id) and not exists (
    select from rowhouse.memberships
    where organization_id = old.organization_id and role = 'owner' and status = 'active')
  then
    raise exception 'an organization needs an active owner' using errcode = 'RH001';
  end if;
  perform rowhouse.leave_organization(context);
  return null;
end
$$;
revoke execute on function rowhouse.require_owner() from public;

-- A new membership locks the organization before it is written: two of the same person then meet there, and not in the
-- primary key with the lock still to come.
create function rowhouse.lock_before_joining() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  perform rowhouse.lock_organization(new.organization_id);
  return new;
end
$$;
revoke execute on function rowhouse.lock_before_joining() from public;
create trigger lock_before_joining before insert on rowhouse.memberships
  for each row execute function rowhouse.lock_before_joining();

create constraint trigger require_owner_on_update after update of role, status on rowhouse.memberships
  deferrable initially deferred for each row
  when (old.role = 'owner' and old.status = 'active' and (new.role <> 'owner' or new.status <> 'active'))
  execute function rowhouse.require_owner();
create constraint trigger require_owner_on_delete after delete on rowhouse.memberships
  deferrable initially deferred for each row
  when (old.role = 'owner' and old.status = 'active')
  execute function rowhouse.require_owner();

grant update (role, status, name, email, updated_at), delete on rowhouse.memberships to {{runtime}};
grant update (name, email, updated_at) on rowhouse.memberships to {{identity}};
grant update (name, slug, description, logo_key, updated_at) on rowhouse.organizations to {{runtime}};
grant update (status, suspended_reason, member_limit, updated_at) on rowhouse.organizations to {{operator}};

-- What an operator does to an organization stands in that organization's own log as well.
grant insert (
  organization_id, actor_kind, actor_id, action, target_kind, target_id, before, after, reason)
  on rowhouse.audit_events to {{operator}};
