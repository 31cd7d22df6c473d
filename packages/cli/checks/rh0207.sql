with recursive source as (
  select r.oid as materialized, r.oid
  from relation as r
  where r.relkind = 'm'
  union
  select s.materialized, d.refobjid
  from source as s
  join pg_rewrite as w on w.ev_class = s.oid and w.ev_type = '1'
  join pg_depend as d
    on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> s.oid
),
of_tenants as (
  select s.materialized, string_agg(s.oid::regclass::text, ', ' order by s.oid::regclass::text) as tables
  from source as s
  where s.oid in (select t.oid from tenant_table as t union all select b.oid from belonging as b)
  group by s.materialized
),
from_grants as (
  select relation, string_agg(distinct grantee, ', ') as grantees from granted group by relation
)
select null::text,
  r.name,
  '',
  format('%s may %s it, and it keeps what its owner saw of %s, without row security.', c.roles, c.may, o.tables),
  format('revoke all on %s from ', r.name) || g.grantees
from of_tenants as o
join relation as r on r.oid = o.materialized
join reached as c on c.relation = r.oid
left join from_grants as g on g.relation = r.oid
