-- Tables of every kind that makes a row hard to make. The roles and the tenants' own table are not what it is about.
create schema app;
create type app.mood as enum ('sad', 'ok', 'happy');
create type app.address as (street text, zip varchar(5), since date);
create type app.span as range (subtype = numeric);
create domain app.email as varchar(80) check (value ~ '^[a-z0-9._-]+@[a-z0-9.-]+\.[a-z]{2,}$');
create domain app.positive as integer not null check (value > 0);
create domain app.small_positive as app.positive check (value < 100);
create domain app.slug as text check (value ~ '^[a-z][a-z0-9-]{2,30}$');

create table app.countries (code char(2) primary key check (code = upper(code) and code ~ '^[A-Z]{2}$'));
create table app.plans (code text primary key, price numeric(8, 2) not null check (price >= 0));
insert into app.plans values ('free', 0);
create table app.users (id bigint generated always as identity primary key, email app.email not null unique);

create table app.orgs (
  id uuid primary key default gen_random_uuid(),
  plan text not null references app.plans,
  country char(2) not null references app.countries,
  owner_id bigint not null references app.users,
  slug app.slug not null,
  main_team_id uuid,
  unique (id, slug)
);
-- Every name is claimed before it is used, and each points to the other.
create table app.slugs (
  slug app.slug primary key,
  org_id uuid not null references app.orgs deferrable initially deferred,
  unique (org_id, slug)
);
alter table app.orgs add foreign key (id, slug) references app.slugs (org_id, slug) deferrable initially deferred;
create table app.teams (
  org_id uuid not null references app.orgs,
  id uuid not null default gen_random_uuid(),
  lead_id bigint,
  parent_id uuid,
  name text not null,
  primary key (org_id, id),
  foreign key (org_id, parent_id) references app.teams (org_id, id),
  check (parent_id::text is distinct from lead_id::text)
);
alter table app.orgs add foreign key (id, main_team_id) references app.teams (org_id, id);
create table app.people (
  org_id uuid not null,
  id bigserial,
  team_id uuid not null,
  user_id bigint not null references app.users,
  primary key (org_id, id),
  unique (user_id),
  foreign key (org_id, team_id) references app.teams (org_id, id)
);
alter table app.teams add foreign key (org_id, lead_id) references app.people (org_id, id);

create table app.all_types (
  org_id uuid not null references app.orgs,
  id serial primary key,
  c_small smallint not null, c_big bigint not null, c_num numeric not null, c_num52 numeric(5, 2) not null, c_num22 numeric(2, 2) not null,
  c_real real not null, c_double double precision not null, c_money money not null, c_bool boolean not null,
  c_char char(7) not null, c_char1 char not null, c_varchar3 varchar(3) not null, c_bytechar "char" not null, c_name name not null,
  c_bytea bytea not null, c_bit bit(5) not null, c_bit1 bit not null, c_varbit varbit(7) not null,
  c_date date not null, c_ts timestamp not null, c_tstz timestamptz(3) not null, c_time time not null, c_timetz timetz not null,
  c_interval interval not null, c_inet inet not null, c_cidr cidr not null, c_mac macaddr not null, c_mac8 macaddr8 not null,
  c_json json not null, c_jsonb jsonb not null, c_path jsonpath not null, c_xml xml not null,
  c_ints integer[] not null, c_texts text[] not null, c_varchars varchar(4)[] not null, c_moods app.mood[] not null, c_uuids uuid[][] not null,
  c_address app.address not null, c_addresses app.address[] not null, c_mood app.mood not null,
  c_point point not null, c_line line not null, c_lseg lseg not null, c_box box not null, c_gpath path not null, c_polygon polygon not null, c_circle circle not null,
  c_tsvector tsvector not null, c_tsquery tsquery not null, c_oid oid not null, c_regclass regclass not null, c_lsn pg_lsn not null,
  c_i4r int4range not null, c_i8r int8range not null, c_nr numrange not null, c_dr daterange not null, c_tr tsrange not null, c_tzr tstzrange not null,
  c_i4m int4multirange not null, c_drm datemultirange not null, c_span app.span not null,
  c_email app.email not null, c_small_positive app.small_positive, c_domains app.slug[] not null
);

create table app.checks (
  org_id uuid not null references app.orgs,
  id uuid not null default gen_random_uuid() primary key,
  kind text not null check (kind in ('email', 'link')),
  email text check (char_length(email) between 3 and 60 and email = lower(email)),
  hash bytea not null unique check (octet_length(hash) = 32),
  hex text not null check (hex ~ '^[0-9a-f]{40}$'),
  sku text not null check (sku ~ '^[A-Z]{3}-[0-9]{4}(-[A-Z])?$'),
  url text not null check (url like 'https://%'),
  currency char(3) not null check (currency in ('EUR', 'USD')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  low integer not null,
  high integer not null check (high > low and high - low < 5),
  share numeric(4, 3) not null check (share between 0.25 and 0.5),
  quantity integer not null,
  price numeric(10, 2) not null,
  total numeric generated always as (quantity * price) stored check (total > 10 and total < 1000),
  tags text[] not null check (cardinality(tags) between 2 and 5),
  data jsonb not null check (jsonb_typeof(data -> 'version') = 'number' and data ? 'name'),
  strict jsonb not null check ((strict ->> 'level')::integer > 3),
  a_id uuid, b_id uuid,
  check ((kind = 'email') = (email is not null)),
  check (starts_at < ends_at),
  check (num_nonnulls(a_id, b_id) = 1)
);
create function app.is_even(value integer) returns boolean language sql immutable return value % 2 = 0;
create table app.by_function (
  org_id uuid not null references app.orgs, id int primary key check (app.is_even(id)), note text not null default 'none' check (note <> '')
);

create table app.events (
  org_id uuid not null references app.orgs, id uuid not null default gen_random_uuid(), at timestamptz not null, primary key (at, id)
) partition by range (at);
create table app.events_2024 partition of app.events for values from ('2024-01-01') to ('2024-02-01');
create table app.events_rest partition of app.events default;
create table app.regions (
  org_id uuid not null references app.orgs, region text not null, n integer not null, primary key (region, n)
) partition by list (region);
create table app.regions_eu partition of app.regions for values in ('de', 'fr') partition by range (n);
create table app.regions_eu_low partition of app.regions_eu for values from (minvalue) to (0);
create table app.regions_eu_high partition of app.regions_eu for values from (500) to (600);
create table app.hashed (org_id uuid not null references app.orgs, id uuid primary key) partition by hash (id);
create table app.hashed_0 partition of app.hashed for values with (modulus 3, remainder 0);
create table app.hashed_1 partition of app.hashed for values with (modulus 3, remainder 1);
create table app.hashed_2 partition of app.hashed for values with (modulus 3, remainder 2);
create table app.region_notes (
  org_id uuid not null, region text not null, n integer not null, note text not null,
  foreign key (region, n) references app.regions (region, n)
);
create table app.base (org_id uuid not null references app.orgs, id int not null, label text not null);
create table app.derived (extra text not null check (extra = reverse(extra))) inherits (app.base);

create table app.bookings (
  org_id uuid not null references app.orgs, during tstzrange not null check (not isempty(during)),
  exclude using gist (during with &&)
);
create table app.settings (org_id uuid primary key references app.orgs, theme text not null);
create table app.profiles (person_id bigint not null, org_id uuid not null, bio text, primary key (org_id, person_id),
  foreign key (org_id, person_id) references app.people (org_id, id));
create table app."Mixed Case" ("Org" uuid, org_id uuid not null references app.orgs, "select" text not null, "Quote""d" int);
create table app.comments (id bigint generated always as identity primary key, check_id uuid not null references app.checks, body text not null);
create table app.reactions (comment_id bigint not null references app.comments, emoji varchar(2) not null, primary key (comment_id, emoji));
create table app.loners (org_id uuid not null references app.orgs, id uuid not null primary key, twin_id uuid not null references app.loners);
create table app.left (org_id uuid not null references app.orgs, id int primary key, right_id int not null);
create table app.right (org_id uuid not null references app.orgs, id int primary key, left_id int not null references app.left);
alter table app.left add foreign key (right_id) references app.right;
create table app.guarded (org_id uuid not null references app.orgs, id int primary key, word text not null);
create table app.silent (org_id uuid not null references app.orgs, id int primary key);
create table app.stamped (org_id uuid not null references app.orgs, id int primary key, by_whom text not null);
create function app.refuse() returns trigger language plpgsql as $$ begin raise 'never' using errcode = 'P0001'; end $$;
create function app.swallow() returns trigger language plpgsql as $$ begin return null; end $$;
create function app.stamp() returns trigger language plpgsql as $$ begin new.by_whom := 'a trigger'; return new; end $$;
create trigger refuse before insert on app.guarded for each row execute function app.refuse();
create trigger swallow before insert on app.silent for each row execute function app.swallow();
create trigger stamp before insert on app.stamped for each row execute function app.stamp();
create constraint trigger late after insert on app.stamped deferrable initially deferred for each row execute function app.stamp();
create table app.impossible (org_id uuid not null references app.orgs, word text not null constraint never check (md5(word) = 'no digest'));
create table app.by_hand (org_id uuid not null references app.orgs, word text not null check (md5(word) = md5('the secret word')));
create table app.of_templates (org_id uuid not null references app.orgs, word text not null check (md5(word) = '9e107d9d372bb6826bd81d3542a419d6'));
