-- risk: low, adds columns with constant defaults and triggers to small tables

alter table rowhouse.organizations
  add status text not null default 'active' check (status in ('active', 'suspended')),
  add suspended_reason text check (char_length(suspended_reason) <= 1000),
  -- the most members together with pending invitations; null for no limit
  add member_limit integer check (member_limit >= 1),
  add is_personal boolean not null default false,
  add description text not null default '' check (char_length(description) <= 500),
  add logo_key text check (char_length(logo_key) <= 200);

alter table rowhouse.memberships
  add status text not null default 'active' check (status in ('active', 'suspended')),
  -- what a members page shows and searches, kept here so that it asks one table
  add name text not null default '' check (char_length(name) <= 200),
  add email text not null default '' check (char_length(email) <= 254);

create index memberships_by_name on rowhouse.memberships (organization_id, name, user_id);
create index memberships_by_created on rowhouse.memberships (organization_id, created_at, user_id);
create index memberships_active_owners on rowhouse.memberships (organization_id)
  where role = 'owner' and status = 'active';

-- Whoever writes the change: an organization that has members has an owner who can act. Asked at commit, after the
-- organization's row is locked, so that two owners who leave at once cannot both be the last but one.
create function rowhouse.require_owner() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  perform from rowhouse.organizations where id = old.organization_id for update;
  if not found then
    return null; -- the organization itself went, and its memberships with it
  end if;
  if not exists (
    select from rowhouse.memberships
    where organization_id = old.organization_id and role = 'owner' and status = 'active')
  then
    raise exception 'an organization needs an active owner' using errcode = 'RH001';
  end if;
  return null;
end
$$;
revoke execute on function rowhouse.require_owner() from public;

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
