-- Text ids with a prefix, as many products have them.
create schema core; create schema billing;
create function core.new_id(prefix text) returns text language sql volatile return prefix || '_' || substr(md5(random()::text), 1, 24);
create domain ltreeish as varchar(64) check (value ~ $r$^\w+(\.\w+)*$$r$);
create table core."Team" (id text primary key default core.new_id('team') check (id ~ '^team_[0-9a-z]{24}$'), "displayName" text not null, "parentId" text references core."Team", kind text not null check (kind in ('personal','company')), "seatLimit" int check ((kind = 'personal') = ("seatLimit" is null)));
create table core."User" (id text primary key check (id like 'usr\_%' and length(id) = 28), email text not null unique check (position('@' in email) > 1));
create table core."Member" (team text not null references core."Team" (id), "userId" text not null references core."User" (id), since timestamptz not null default now(), until timestamptz, check (until > since), primary key (team, "userId"));
create table core."ApiKey" (id uuid primary key, team text not null, "userId" text not null, hash text not null check (hash ~ '^[a-f0-9]{64}$'), "lastFour" char(4) not null check ("lastFour" ~ '^\d{4}$'), foreign key (team, "userId") references core."Member" (team, "userId"));
create table billing.subscription (team text primary key references core."Team" (id), plan text not null, period daterange not null check (upper(period) - lower(period) between 28 and 31), check (plan <> ''));
create table billing.usage (team text not null, day date not null, metric text not null check (metric = any ('{requests,storage,seats}')), value bigint not null check (value >= 0), primary key (team, day, metric)) partition by range (day);
create table billing.usage_2026 partition of billing.usage for values from ('2026-01-01') to ('2027-01-01') partition by list (metric);
create table billing.usage_2026_requests partition of billing.usage_2026 for values in ('requests');
create table billing.usage_2026_rest partition of billing.usage_2026 default;
create table billing.line (subscription text not null references billing.subscription, no int generated always as identity, iban text check (iban ~ '^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$'), vat text check (vat similar to '(DE|FR)[0-9]{9}'), phone text check (phone ~ '^\+[1-9]\d{6,14}$'), ip inet check (family(ip) = 4), semver text not null check (semver ~ '^\d+\.\d+\.\d+$'), primary key (subscription, no));
create table core.audit (team text, at timestamptz not null default clock_timestamp(), actor jsonb not null check (actor ->> 'type' in ('user', 'system') and actor ? 'id'), path ltreeish not null);
