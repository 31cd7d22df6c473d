import { isHeld } from "./is-held.ts";

/**
 * Foreign keys that lead into mixed tables without naming the organization. `$1` and `$2`: schemas and names of the tables they may be of,
 * `$3` and `$4` those of the mixed tables, `$5` the tenant column.
 */
export const sharedReferencesQuery = `select n.nspname || '.' || c.relname as "table", f.conname as "constraint", f.condeferrable as "deferrable",
   f.condeferred as deferred, ${isHeld("f", "$5::text")} as "isHeld",
   pg_catalog.format('select from %s c join %s p on %s where p.%I <> c.%I or (c.%I is null and p.%I is not null) limit 1',
     f.conrelid::regclass, f.confrelid::regclass, (
       select pg_catalog.string_agg(pg_catalog.format('c.%I = p.%I', own.attname, parent.attname), ' and ')
       from unnest(f.conkey, f.confkey) as pair (own, parent)
       join pg_catalog.pg_attribute own on own.attrelid = f.conrelid and own.attnum = pair.own
       join pg_catalog.pg_attribute parent on parent.attrelid = f.confrelid and parent.attnum = pair.parent),
     $5::text, $5::text, $5::text, $5::text) as crossing
 from pg_catalog.pg_constraint f
 join pg_catalog.pg_class c on c.oid = f.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 join pg_catalog.pg_class p on p.oid = f.confrelid join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
 join pg_catalog.pg_attribute theirs on theirs.attrelid = p.oid and theirs.attname = $5::text and not theirs.attisdropped
 where f.contype = 'f' and f.conparentid = 0 and theirs.attnum <> all (f.confkey)
   and exists (select from unnest($1::text[], $2::text[]) as one (s, t) where one.s = n.nspname and one.t = c.relname)
   and exists (select from unnest($3::text[], $4::text[]) as one (s, t) where one.s = pn.nspname and one.t = p.relname)
 order by 1, 2`;
