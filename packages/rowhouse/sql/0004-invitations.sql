-- risk: none, everything in here is new

create table rowhouse.invitations (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  -- to one address, or a link for several people
  kind text not null check (kind in ('email', 'link')),
  email text check (char_length(email) between 3 and 254 and email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  status text not null default 'created' check (status in ('created', 'sent', 'accepted', 'declined', 'revoked', 'expired')),
  -- SHA-256 of the 256-bit token; the token itself is in the mail and nowhere else
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  -- a user or a service account: whose standing is asked again on acceptance
  invited_by uuid not null,
  accepted_by uuid,
  -- for a link: how often it may be used (null: as often as there are seats), and by addresses of which domain
  use_limit integer check (use_limit >= 1),
  use_count integer not null default 0 check (use_count >= 0),
  allowed_domain text check (char_length(allowed_domain) <= 253),
  expires_at timestamptz not null,
  sent_at timestamptz,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  check ((kind = 'email') = (email is not null)),
  check (use_limit is null or use_count <= use_limit)
);
-- One open invitation an address: a second one would reserve a second seat for the same person.
create unique index invitations_open_by_email on rowhouse.invitations (organization_id, email)
  where kind = 'email' and status in ('created', 'sent');
create index invitations_by_created on rowhouse.invitations (organization_id, created_at, id);
create index invitations_to_expire on rowhouse.invitations (expires_at) where status in ('created', 'sent');

-- Who came by a link: clicking twice is one use, and somebody who was removed does not come back by it.
create table rowhouse.invitation_uses (
  organization_id uuid not null,
  invitation_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, invitation_id, user_id),
  foreign key (organization_id, invitation_id) references rowhouse.invitations (organization_id, id) on delete cascade
);

call rowhouse.protect('rowhouse.invitations');
call rowhouse.protect('rowhouse.invitation_uses');

-- Whoever holds the token may read its invitation: that is what a link in a mail is. The context names the token's hash.
create policy by_token on rowhouse.invitations for select to public
  using (token_hash = (select decode(nullif(current_setting('rowhouse.invitation', true), ''), 'hex')));
drop policy tenant_floor on rowhouse.invitations;
create policy tenant_floor on rowhouse.invitations as restrictive for all to public
  using (
    organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)
    or token_hash = (select decode(nullif(current_setting('rowhouse.invitation', true), ''), 'hex')))
  with check (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));

-- The organization that a token leads to, for whoever holds the token; the context ends with the statement's transaction.
create function rowhouse.organization_of_invitation(hash bytea) returns uuid
  language plpgsql volatile set search_path = ''
as $$
begin
  perform set_config('rowhouse.invitation', encode(hash, 'hex'), true);
  return (select organization_id from rowhouse.invitations where token_hash = hash);
end
$$;
revoke execute on function rowhouse.organization_of_invitation(bytea) from public;
grant execute on function rowhouse.organization_of_invitation(bytea) to {{runtime}}, {{identity}};

-- Members and open invitations never outnumber the limit, whoever writes and however many at once: asked at commit, after
-- the organization's row is locked. A link reserves no seat before it is used.
create function rowhouse.require_seat() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  seats integer;
begin
  if not rowhouse.lock_organization(new.organization_id) then
    return null;
  end if;
  select member_limit into seats from rowhouse.organizations where id = new.organization_id;
  if seats is not null and seats < (
    select count(*) from rowhouse.memberships where organization_id = new.organization_id and status = 'active') + (
    select count(*) from rowhouse.invitations
    where organization_id = new.organization_id and kind = 'email' and status in ('created', 'sent') and expires_at > now())
  then
    raise exception 'every seat of the organization is taken' using errcode = 'RH002';
  end if;
  return null;
end
$$;
revoke execute on function rowhouse.require_seat() from public;

create constraint trigger require_seat after insert on rowhouse.memberships
  deferrable initially deferred for each row execute function rowhouse.require_seat();
create constraint trigger require_seat_on_return after update of status on rowhouse.memberships
  deferrable initially deferred for each row when (old.status <> 'active' and new.status = 'active')
  execute function rowhouse.require_seat();
create constraint trigger require_seat after insert on rowhouse.invitations
  deferrable initially deferred for each row when (new.kind = 'email')
  execute function rowhouse.require_seat();
create constraint trigger require_seat_on_renewal after update of expires_at, status on rowhouse.invitations
  deferrable initially deferred for each row
  when (new.kind = 'email' and new.status in ('created', 'sent')
    and (old.status not in ('created', 'sent') or old.expires_at < new.expires_at))
  execute function rowhouse.require_seat();

grant select, insert, update on rowhouse.invitations to {{runtime}};
grant select, update on rowhouse.invitations to {{identity}};
grant select, update (status, decided_at, updated_at) on rowhouse.invitations to {{operator}};
grant select, insert on rowhouse.invitation_uses to {{runtime}}, {{identity}};
grant select on rowhouse.invitation_uses to {{operator}};
-- a column privilege is what a row lock needs: whoever joins locks the organization first
grant update (updated_at) on rowhouse.organizations to {{identity}};
-- the nightly sweep writes an event for each invitation that it closes
grant insert (
  organization_id, actor_kind, actor_id, impersonator_id, action, target_kind, target_id, before, after,
  ip, user_agent, request_id, reason) on rowhouse.audit_events to {{operator}};
