-- risk: none, everything in here is new

-- The canonical protection of a table of the control plane, as the policy planner gives it to the product's tables.
create procedure rowhouse.protect(target regclass)
  language plpgsql set search_path = ''
as $$
declare
  condition constant text :=
    'organization_id = (select nullif(current_setting(''rowhouse.organization_id'', true), '''')::uuid)';
begin
  execute format('create policy tenant_isolation on %s for all to public using (%s) with check (%s)',
    target, condition, condition);
  execute format('create policy tenant_floor on %s as restrictive for all to public using (%s) with check (%s)',
    target, condition, condition);
  execute format('alter table %s enable row level security, force row level security', target);
end
$$;
revoke execute on procedure rowhouse.protect(regclass) from public;

create table rowhouse.audit_events (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  sequence bigint not null,
  id uuid not null default rowhouse.uuid_v7(),
  occurred_at timestamptz not null,
  actor_kind text not null check (actor_kind in ('user', 'service-account', 'api-key', 'job', 'operator')),
  actor_id text not null check (char_length(actor_id) between 1 and 200),
  -- who really acts, while somebody acts as another
  impersonator_id text check (char_length(impersonator_id) between 1 and 200),
  action text not null check (action ~ '^[a-z][a-z-]*\.[a-z][a-z-]*$'),
  target_kind text not null check (char_length(target_kind) between 1 and 60),
  target_id text not null check (char_length(target_id) between 1 and 200),
  before jsonb,
  after jsonb,
  ip text check (char_length(ip) <= 60),
  user_agent text check (char_length(user_agent) <= 400),
  request_id text check (char_length(request_id) <= 100),
  reason text check (char_length(reason) <= 1000),
  previous_hash bytea not null,
  hash bytea not null,
  primary key (organization_id, sequence)
);
create index audit_events_by_action on rowhouse.audit_events (organization_id, action, sequence);
create index audit_events_by_actor on rowhouse.audit_events (organization_id, actor_id, sequence);
create index audit_events_by_target on rowhouse.audit_events (organization_id, target_id, sequence);
create index audit_events_by_time on rowhouse.audit_events (organization_id, occurred_at, sequence);

-- The end of each organization's chain. Its row is the lock that puts an organization's events into one order; writers
-- of different organizations never meet.
create table rowhouse.audit_heads (
  organization_id uuid primary key references rowhouse.organizations (id) on delete cascade,
  sequence bigint not null,
  hash bytea not null
);

-- jsonb prints the same value in one way only, which is what a hash needs.
create function rowhouse.audit_hash(event rowhouse.audit_events) returns bytea
  language sql stable parallel safe set search_path = ''
  return sha256(convert_to(jsonb_build_array(
    encode(event.previous_hash, 'hex'), event.organization_id, event.sequence, event.id,
    (extract(epoch from event.occurred_at) * 1000000)::bigint,
    event.actor_kind, event.actor_id, event.impersonator_id, event.action, event.target_kind, event.target_id,
    event.before, event.after, event.ip, event.user_agent, event.request_id, event.reason)::text, 'UTF8'));

create function rowhouse.chain_audit_event() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  head rowhouse.audit_heads;
begin
  insert into rowhouse.audit_heads values (new.organization_id, 0, ''::bytea) on conflict do nothing;
  select * into strict head from rowhouse.audit_heads where organization_id = new.organization_id for update;
  new.sequence := head.sequence + 1;
  new.occurred_at := clock_timestamp();
  new.previous_hash := head.hash;
  new.hash := rowhouse.audit_hash(new);
  update rowhouse.audit_heads set sequence = new.sequence, hash = new.hash where organization_id = new.organization_id;
  return new;
end
$$;
revoke execute on function rowhouse.chain_audit_event() from public;

create trigger chain before insert on rowhouse.audit_events
  for each row execute function rowhouse.chain_audit_event();

call rowhouse.protect('rowhouse.audit_events');
call rowhouse.protect('rowhouse.audit_heads');

-- Written once, never changed: no UPDATE and no DELETE for anybody who serves, and the chain's columns are the trigger's.
grant select on rowhouse.audit_events, rowhouse.audit_heads to {{runtime}}, {{operator}};
grant insert (
  organization_id, actor_kind, actor_id, impersonator_id, action, target_kind, target_id, before, after,
  ip, user_agent, request_id, reason) on rowhouse.audit_events to {{runtime}}, {{identity}};
grant execute on function rowhouse.audit_hash(rowhouse.audit_events) to {{runtime}}, {{operator}};
