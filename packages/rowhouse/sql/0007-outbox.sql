-- risk: none, everything in here is new

-- Mail that is to be sent, written in the transaction of what it tells of.
create table rowhouse.outbox (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  recipient text not null check (char_length(recipient) between 3 and 254),
  template text not null check (char_length(template) between 1 and 60),
  -- sealed by the application, because a link in a mail is a secret; empty once the mail was sent or given up
  data text not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  -- nobody else tries before this: while one worker sends, and while a failure is waited out
  next_attempt_at timestamptz not null default now(),
  last_error text check (char_length(last_error) <= 500),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (organization_id, id)
);
create index outbox_waiting on rowhouse.outbox (next_attempt_at) where status = 'waiting';
create index outbox_done on rowhouse.outbox (created_at) where status <> 'waiting';
call rowhouse.protect('rowhouse.outbox');

grant select, insert, update on rowhouse.outbox to {{runtime}};
-- the nightly clean-up, which locks what it deletes
grant select, delete, update (created_at) on rowhouse.outbox to {{operator}};

-- The one way from a tenant's transaction to the queue. Whoever calls it puts in jobs for the organization of the context
-- alone, cannot name a task of the system, and cannot replace a job of somebody else.
create function rowhouse.enqueue_job(job text, envelope json, key text, run_at timestamptz, max_attempts integer)
  returns void
  language plpgsql security definer set search_path = ''
as $$
declare
  organization constant text := coalesce(rowhouse.context_organization()::text, '');
begin
  if organization = '' or (envelope ->> 'organization') is distinct from organization then
    raise exception 'a job is queued in the scope of its organization' using errcode = 'insufficient_privilege';
  end if;
  if job !~ '^[a-z][a-z0-9-]{0,59}$' or char_length(key) > 200 or max_attempts not between 1 and 100
    or octet_length(envelope::text) > 100000
  then
    raise exception 'a job has a name such as archive-project, a key of at most 200 characters and an envelope of at most 100 kB'
      using errcode = 'check_violation';
  end if;
  perform graphile_worker.add_job(
    identifier => 'tenant/' || job,
    payload => envelope,
    run_at => run_at,
    max_attempts => max_attempts,
    job_key => 'tenant/' || organization || '/' || job || '/' || key);
end
$$;
revoke execute on function rowhouse.enqueue_job(text, json, text, timestamptz, integer) from public;
grant execute on function rowhouse.enqueue_job(text, json, text, timestamptz, integer) to {{runtime}};
