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

-- What is allowed in a column is asked by the trigger below and by the lengths: Postgres reads CHECK constraints anew for
-- every statement, and here they took a quarter of an event's time.
create table rowhouse.audit_events (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  sequence bigint not null,
  id uuid not null default gen_random_uuid(),
  occurred_at timestamptz not null,
  actor_kind varchar(20) not null,
  actor_id varchar(200) not null,
  -- who really acts, while somebody acts as another
  impersonator_id varchar(200),
  action varchar(100) not null,
  target_kind varchar(60) not null,
  target_id varchar(200) not null,
  before jsonb,
  after jsonb,
  ip varchar(60),
  user_agent varchar(400),
  request_id varchar(100),
  reason varchar(1000),
  previous_hash bytea not null,
  hash bytea not null,
  primary key (organization_id, sequence)
);
create index audit_events_by_action on rowhouse.audit_events (organization_id, action, sequence);
create index audit_events_by_actor on rowhouse.audit_events (organization_id, actor_id, sequence);
create index audit_events_by_target on rowhouse.audit_events (organization_id, target_id, sequence);
create index audit_events_by_time on rowhouse.audit_events (organization_id, occurred_at, sequence);

-- The end of each organization's chain. Its row is the lock that puts an organization's events into one order; writers
-- of different organizations never meet. Every event rewrites it: the free space keeps that within the page.
create table rowhouse.audit_heads (
  organization_id uuid primary key references rowhouse.organizations (id) on delete cascade,
  sequence bigint not null,
  occurred_at timestamptz not null,
  previous_hash bytea not null,
  hash bytea not null,
  -- the last event that retention removed: where the chain that was kept begins
  pruned_sequence bigint not null default 0,
  pruned_hash bytea not null default ''
) with (fillfactor = 50);

-- What an event says, apart from its place. jsonb prints the same value in one way only, which is what a hash needs.
-- Bodies with RETURN are bound to their functions when they are made. A SET would keep them from being inlined, which
-- doubled the cost of an event.
create function rowhouse.audit_content(event rowhouse.audit_events) returns bytea
  language sql stable parallel safe
  return sha256(convert_to(jsonb_build_array(
    event.organization_id, event.id, event.actor_kind, event.actor_id, event.impersonator_id, event.action,
    event.target_kind, event.target_id, event.before, event.after, event.ip, event.user_agent, event.request_id,
    event.reason)::text, 'UTF8'));

-- One link of the chain. Numbers and times are eight bytes, so no two events give the same bytes.
create function rowhouse.audit_link(previous_hash bytea, sequence bigint, occurred_at timestamptz, content bytea) returns bytea
  language sql stable parallel safe
  return sha256(previous_hash || int8send(sequence) || timestamptz_send(occurred_at) || content);

create function rowhouse.audit_hash(event rowhouse.audit_events) returns bytea
  language sql stable parallel safe
  return rowhouse.audit_link(event.previous_hash, event.sequence, event.occurred_at, rowhouse.audit_content(event));

create function rowhouse.chain_audit_event() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  content constant bytea := rowhouse.audit_content(new);
  clock constant timestamptz := clock_timestamp();
begin
  if new.action !~ '^[a-z][a-z-]*\.[a-z][a-z-]*$'
    or new.actor_kind not in ('user', 'service-account', 'api-key', 'job', 'operator')
    or '' in (new.actor_id, new.impersonator_id, new.target_kind, new.target_id)
  then
    raise exception 'an audit event needs an action such as member.removed, a known kind of actor, and names that are not empty'
      using errcode = 'check_violation';
  end if;
  loop
    -- One statement takes the lock, the number and the link. Time never runs backwards along a chain.
    update rowhouse.audit_heads as head
      set sequence = head.sequence + 1,
        occurred_at = greatest(head.occurred_at, clock),
        previous_hash = head.hash,
        hash = rowhouse.audit_link(head.hash, head.sequence + 1, greatest(head.occurred_at, clock), content)
      where head.organization_id = new.organization_id
      returning head.sequence, head.occurred_at, head.previous_hash, head.hash
      into new.sequence, new.occurred_at, new.previous_hash, new.hash;
    exit when found;
    insert into rowhouse.audit_heads (organization_id, sequence, occurred_at, previous_hash, hash)
      values (new.organization_id, 0, clock, '', '') on conflict do nothing;
  end loop;
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

-- Retention. Removes the oldest events and keeps the hash of the last one, from which the chain goes on; the removal is
-- an event of that same chain. Only ever a beginning can go, so nobody cuts a hole with it.
create function rowhouse.prune_audit_events(
  organization uuid, older_than timestamptz, operator text, reason text, at_most integer) returns bigint
  language plpgsql security definer set search_path = ''
as $$
declare
  context constant text[] := rowhouse.enter_organization(organization);
  head rowhouse.audit_heads;
  through bigint;
  through_hash bytea;
begin
  select * into head from rowhouse.audit_heads where organization_id = organization for update;
  select sequence - 1 into through from rowhouse.audit_events
    where organization_id = organization and occurred_at >= older_than order by occurred_at, sequence limit 1;
  through := least(coalesce(through, head.sequence), head.pruned_sequence + greatest(at_most, 0));
  if coalesce(through <= head.pruned_sequence, true) then
    perform rowhouse.leave_organization(context);
    return 0;
  end if;
  select hash into strict through_hash from rowhouse.audit_events
    where organization_id = organization and sequence = through;
  delete from rowhouse.audit_events where organization_id = organization and sequence <= through;
  update rowhouse.audit_heads set pruned_sequence = through, pruned_hash = through_hash where organization_id = organization;
  insert into rowhouse.audit_events (organization_id, actor_kind, actor_id, action, target_kind, target_id, after, reason)
    values (organization, 'operator', operator, 'audit.pruned', 'audit', organization::text,
      jsonb_build_object('throughSequence', through, 'throughHash', encode(through_hash, 'hex'), 'olderThan', older_than), reason);
  perform rowhouse.leave_organization(context);
  return through - head.pruned_sequence;
end
$$;
revoke execute on function rowhouse.prune_audit_events(uuid, timestamptz, text, text, integer) from public;
grant execute on function rowhouse.prune_audit_events(uuid, timestamptz, text, text, integer) to {{operator}};
