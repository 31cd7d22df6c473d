with alike as (
  select lomowner, lomacl::text::aclitem[] as acl, count(*) as objects from pg_largeobject_metadata group by lomowner, lomacl::text
),
open_to as (
  select a.rolname, sum(o.objects) as objects
  from app_role as a
  join alike as o
    on pg_has_role(a.oid, o.lomowner, 'USAGE') or current_setting('lo_compat_privileges') = 'on'
      or exists (
        select from aclexplode(o.acl) as x where x.grantee = 0 or x.grantee <> 0 and pg_has_role(a.oid, x.grantee, 'USAGE'))
  where not a.rolsuper
  group by a.rolname
)
select null::text,
  'pg_catalog.pg_largeobject',
  rolname::text,
  format('%I may use %s large object%s, for whichever tenant it works.', rolname, objects, case when objects > 1 then 's' end),
  null::text
from open_to
