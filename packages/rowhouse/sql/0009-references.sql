-- risk: none, everything in here is new

-- Holds a foreign key from rows of organizations to a table that has rows of everybody as well. The key itself cannot name the
-- organization, since it would not find those rows; by the id alone it would find another organization's, and say that it is there.
-- Its arguments: the constraint, and the column that says whose a row is, in both tables. It runs as whoever writes, bound by row
-- security; the column is compared nevertheless. What is not there and what is another's are refused in the same words, which are
-- Postgres's own.
create function rowhouse.hold_reference() returns trigger
  language plpgsql set search_path = ''
as $$
declare
  child constant pg_catalog.oid := coalesce(pg_catalog.pg_partition_root(tg_relid), tg_relid);
  parent pg_catalog.text;
  question pg_catalog.text;
  holds pg_catalog.bool;
begin
  select p.relname, pg_catalog.format(
      'select (%s) or exists (select from %s as p where (p.%I = ($1).%I or p.%I is null) and %s)',
      pg_catalog.string_agg(pg_catalog.format('($1).%I is null', own.attname), ' or '),
      f.confrelid::pg_catalog.regclass, tg_argv[1], tg_argv[1], tg_argv[1],
      pg_catalog.string_agg(pg_catalog.format('p.%I = ($1).%I', theirs.attname, own.attname), ' and '))
    into parent, question
    from pg_catalog.pg_constraint as f
    join pg_catalog.pg_class as p on p.oid = f.confrelid
    cross join lateral unnest(f.conkey, f.confkey) as pair (own, theirs)
    join pg_catalog.pg_attribute as own on own.attrelid = f.conrelid and own.attnum = pair.own
    join pg_catalog.pg_attribute as theirs on theirs.attrelid = f.confrelid and theirs.attnum = pair.theirs
    where f.conrelid = child and f.contype = 'f' and f.conname = tg_argv[0]
    group by p.relname, f.confrelid;
  if not found then
    raise exception 'The foreign key "%" of "%" is gone, and what holds it stands. Run the migrations.', tg_argv[0], tg_table_name
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  execute question into holds using new;
  if not holds then
    raise exception 'insert or update on table "%" violates foreign key constraint "%"', tg_table_name, tg_argv[0]
      using errcode = 'foreign_key_violation', detail = pg_catalog.format('Key is not present in table "%s".', parent),
        schema = tg_table_schema, table = tg_table_name, constraint = tg_argv[0];
  end if;
  return null;
end
$$;
