-- risk: none, everything in here is new

-- Mail that is to be sent, written in the transaction of what it tells of.
create table rowhouse.outbox (
  organization_id uuid not null references rowhouse.organizations (id) on delete cascade,
  id uuid not null default rowhouse.uuid_v7(),
  recipient text not null check (char_length(recipient) between 3 and 254),
  template text not null check (char_length(template) between 1 and 60),
  -- sealed by the application: a link in a mail is a secret
  data text not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text check (char_length(last_error) <= 500),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (organization_id, id)
);
create index outbox_waiting on rowhouse.outbox (next_attempt_at) where status = 'waiting';
call rowhouse.protect('rowhouse.outbox');

grant select, insert, update on rowhouse.outbox to {{runtime}};
