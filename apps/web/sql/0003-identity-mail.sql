-- risk: none, everything in here is new

-- Mail about an account, which belongs to no organization: as rowhouse.outbox, for the identity role.
create table auth.mail (
  id uuid primary key default rowhouse.uuid_v7(),
  recipient text not null check (char_length(recipient) between 3 and 254),
  template text not null check (char_length(template) between 1 and 60),
  data text not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text check (char_length(last_error) <= 500),
  created_at timestamptz not null default now(),
  sent_at timestamptz
);

create index mail_done on auth.mail (created_at) where status <> 'waiting';

-- Where mails are shown instead of sent, while nothing is set up to send them.
create table auth.mailbox (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  html text not null,
  text text not null,
  created_at timestamptz not null default now()
);
create index mailbox_by_created on auth.mailbox (created_at, id);

-- The links in mails about accounts. An account has one for each purpose: a new one takes the place of the one before. The
-- token is in the mail alone; here is its SHA-256. A link holds for the address that it was sent to.
create table auth.mail_links (
  user_id uuid not null references auth.users (id) on delete cascade,
  purpose text not null check (purpose in ('reset-password', 'verify-address')),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  email text not null,
  expires_at timestamptz not null,
  primary key (user_id, purpose)
);

grant select, insert, update, delete on auth.mail to {{identity}};
grant select, insert, update, delete on auth.mail_links to {{identity}};
grant select, insert, delete on auth.mailbox to {{identity}};

-- The one way from the identity role to the queue: a mail that is there is sent.
create function auth.enqueue_mail(mail uuid) returns void
  language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from auth.mail as m where m.id = mail and m.status = 'waiting') then
    raise exception 'there is no such mail that waits' using errcode = 'no_data_found';
  end if;
  perform graphile_worker.add_job(
    identifier => 'identity/deliver-mail',
    payload => json_build_object('id', mail),
    max_attempts => 8,
    job_key => 'identity/mail/' || mail);
end
$$;
revoke execute on function auth.enqueue_mail(uuid) from public;
grant execute on function auth.enqueue_mail(uuid) to {{identity}};
