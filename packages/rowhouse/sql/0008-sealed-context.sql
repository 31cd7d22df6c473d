-- risk: none, everything in here is new, and does nothing until keys are given to migrate

-- Keys that the context of a transaction is sealed with: HMAC's two padded blocks (RFC 2104), so that nothing but hashing is
-- left to do for a statement. Nobody who serves may read them.
create table rowhouse.seal_keys (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  inner_block bytea not null check (octet_length(inner_block) = 64),
  outer_block bytea not null check (octet_length(outer_block) = 64),
  -- the one that the database itself seals with
  is_first boolean not null,
  created_at timestamptz not null default now()
);
revoke all on rowhouse.seal_keys from public;

-- HMAC-SHA-256, which Postgres has no word for without pgcrypto. Bound to its functions when it is made, and inlined.
create function rowhouse.hmac_sha256(inner_block bytea, outer_block bytea, message bytea) returns bytea
  language sql immutable parallel safe
  return sha256(outer_block || sha256(inner_block || message));
revoke execute on function rowhouse.hmac_sha256(bytea, bytea, bytea) from public;

-- One claim of the sealed context, by its place: `<mac>|v1|<key>|<expiry>|<organization>|<user>|<actor>|<role>|<domain>`, where
-- no claim can hold a bar. Without a seal null, and so no rows. A seal that does not hold is an error and never an answer.
-- Types are named in full, since pg_temp is searched for them whatever the path; for functions and operators it never is.
create function rowhouse.sealed_claim(place integer) returns text
  language plpgsql stable parallel safe security definer set search_path = ''
as $$
declare
  seal constant pg_catalog.text := current_setting('rowhouse.seal', true);
  claims pg_catalog.text;
  inner_key pg_catalog.bytea;
  outer_key pg_catalog.bytea;
begin
  if seal is null or seal = '' then
    return null;
  end if;
  claims := substr(seal, 66);
  select inner_block, outer_block into inner_key, outer_key
    from rowhouse.seal_keys where id = split_part(claims, '|', 2);
  if not found then
    raise exception 'the context is sealed with a key that the database does not hold' using errcode = 'RH003';
  end if;
  -- Both sides are hashed once more with the key, so that the time a comparison takes tells nothing of the right one.
  if sha256(outer_key || convert_to(substr(seal, 1, 65), 'UTF8')) is distinct from sha256(outer_key || convert_to(
    encode(sha256(outer_key || sha256(inner_key || convert_to(claims, 'UTF8'))), 'hex') || '|', 'UTF8'))
  then
    raise exception 'the seal of the context does not fit it' using errcode = 'RH003';
  end if;
  -- Against the transaction's beginning: a seal that was good then holds for as long as the transaction.
  if split_part(claims, '|', 3)::pg_catalog.int8 < extract(epoch from now()) then
    raise exception 'the seal of the context had expired when the transaction began' using errcode = 'RH003';
  end if;
  return split_part(claims, '|', place);
end
$$;

create function rowhouse.sealed_organization() returns uuid
  language sql stable parallel safe return nullif(rowhouse.sealed_claim(4), '')::uuid;
create function rowhouse.sealed_user() returns uuid
  language sql stable parallel safe return nullif(rowhouse.sealed_claim(5), '')::uuid;
-- For policies of your own: who acts, as `user <id>`, and with which role.
create function rowhouse.sealed_actor() returns text
  language sql stable parallel safe return convert_from(decode(nullif(rowhouse.sealed_claim(6), ''), 'hex'), 'UTF8');
create function rowhouse.sealed_role() returns text
  language sql stable parallel safe return nullif(rowhouse.sealed_claim(7), '');
create function rowhouse.sealed_address_domain() returns text
  language sql stable parallel safe return convert_from(decode(nullif(rowhouse.sealed_claim(8), ''), 'hex'), 'UTF8');

revoke execute on function rowhouse.sealed_claim(integer), rowhouse.sealed_organization(), rowhouse.sealed_user(),
  rowhouse.sealed_actor(), rowhouse.sealed_role(), rowhouse.sealed_address_domain() from public;
grant execute on function rowhouse.sealed_claim(integer), rowhouse.sealed_organization(), rowhouse.sealed_user(),
  rowhouse.sealed_actor(), rowhouse.sealed_role(), rowhouse.sealed_address_domain()
  to {{runtime}}, {{identity}}, {{operator}};

-- The organization of the context for the owner's functions, which are told it by nobody else.
create function rowhouse.context_organization() returns uuid
  language plpgsql stable set search_path = ''
as $$
begin
  if exists (select from rowhouse.seal_keys) then
    return rowhouse.sealed_organization();
  end if;
  return nullif(current_setting('rowhouse.organization_id', true), '')::pg_catalog.uuid;
end
$$;
revoke execute on function rowhouse.context_organization() from public;

-- Takes the transaction into an organization, and gives what it was in before for leave_organization. For those who cross
-- tenants anyway: the owner's functions, whom row security binds, and operators, whose triggers run as the owner.
create function rowhouse.enter_organization(organization uuid) returns text[]
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  before constant pg_catalog.text[] := array[
    coalesce(current_setting('rowhouse.organization_id', true), ''), coalesce(current_setting('rowhouse.seal', true), '')];
  key rowhouse.seal_keys;
  claims pg_catalog.text;
  seal pg_catalog.text := '';
begin
  select * into key from rowhouse.seal_keys where is_first;
  if found then
    claims := concat_ws('|', 'v1', key.id, (extract(epoch from now()) + 60)::pg_catalog.int8, organization, '', '', '', '');
    seal := encode(rowhouse.hmac_sha256(key.inner_block, key.outer_block, convert_to(claims, 'UTF8')), 'hex') || '|' || claims;
  end if;
  perform set_config('rowhouse.organization_id', coalesce(organization::pg_catalog.text, ''), true);
  perform set_config('rowhouse.seal', seal, true);
  return before;
end
$$;
revoke execute on function rowhouse.enter_organization(uuid) from public;
grant execute on function rowhouse.enter_organization(uuid) to {{operator}};

create function rowhouse.leave_organization(before text[]) returns void
  language plpgsql volatile set search_path = ''
as $$
begin
  perform set_config('rowhouse.organization_id', before[1], true);
  perform set_config('rowhouse.seal', before[2], true);
end
$$;
revoke execute on function rowhouse.leave_organization(text[]) from public;
grant execute on function rowhouse.leave_organization(text[]) to {{operator}};
