with recursive definition as (
  select v.oid, v.name, v.relowner, v.relnamespace, w.oid as rule,
    exists (
      select from pg_options_to_table(v.reloptions) as o
      where o.option_name = 'security_invoker' and o.option_value::boolean) as invoker
  from relation as v
  join pg_rewrite as w on w.ev_class = v.oid and w.rulename = '_RETURN'
  where v.relkind = 'v'
),
reads as (
  select distinct v.oid as view, d.refobjid as base
  from definition as v
  join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = v.rule and d.refclassid = 'pg_class'::regclass
  where d.refobjid <> v.oid
),
-- Views that a role comes to, by name or through other views. Inside of one that has its owner's rights, the owner's count.
reached (role, view, entry) as (
  select a.oid, v.oid, v.oid
  from app_role as a
  join definition as v on has_schema_privilege(a.oid, v.relnamespace, 'USAGE')
    and (has_any_column_privilege(a.oid, v.oid, 'SELECT, INSERT, UPDATE') or has_table_privilege(a.oid, v.oid, 'DELETE'))
  union
  select r.role, below.oid, r.entry
  from reached as r
  join definition as v on v.oid = r.view
  join reads on reads.view = v.oid
  join definition as below on below.oid = reads.base
  where has_any_column_privilege(case when v.invoker then r.role else v.relowner end, below.oid, 'SELECT')
),
opened as (
  select v.oid as view, b.tenant_table as base, b.table_name as base_name
  from definition as v
  join reads on reads.view = v.oid
  join bypass as b on b.role = v.relowner and b.tenant_table = reads.base and b.lasting
  where not v.invoker
)
select null::text,
  v.name,
  '',
  format('It reads %s as its owner %I, whom row security does not bind; %s may ask it%s.',
    string_agg(distinct o.base_name, ', '), pg_get_userbyid(v.relowner),
    string_agg(distinct quote_ident(pg_get_userbyid(r.role)), ', '),
    case when not bool_or(r.entry = v.oid) then ' through ' || string_agg(distinct e.name, ', ') else '' end),
  format('alter view %s set (security_invoker = true)', v.name)
from opened as o
join definition as v on v.oid = o.view
join reached as r on r.view = v.oid
join definition as e on e.oid = r.entry
where not exists (select from bypass as b where b.role = r.role and b.tenant_table = o.base and b.lasting)
group by v.oid, v.name, v.relowner
