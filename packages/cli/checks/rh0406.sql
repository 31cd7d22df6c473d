with fired as (
  select w.oid, w.rulename, c.oid as relation, c.name, c.relowner
  from pg_rewrite as w
  join relation as c on c.oid = w.ev_class
  where w.rulename <> '_RETURN' and w.ev_enabled <> 'D'
    -- Nothing is what it does.
    and w.ev_action::text <> '<>'
    and exists (
      select from app_role as a
      where not a.rolsuper
        and (has_any_column_privilege(a.oid, c.oid, 'INSERT, UPDATE') or has_table_privilege(a.oid, c.oid, 'DELETE')))
),
touched as (
  select w.*, d.refobjid as target
  from fired as w
  join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
),
past as (
  select w.oid, w.rulename, w.name, format('touches %s as %I, whom row security does not bind',
    string_agg(distinct b.table_name, ', '), pg_get_userbyid(w.relowner)) as what
  from touched as w
  join bypass as b on b.role = w.relowner and b.tenant_table = w.target and b.lasting
  group by w.oid, w.rulename, w.name, w.relowner
),
copying as (
  select w.oid, w.rulename, w.name, format('writes from a tenant table into %s, which every tenant may read', string_agg(distinct e.name, ', ')) as what
  from touched as w
  join tenant_table as t on t.oid = w.relation
  join exposed as e on e.oid = w.target and e.may like 'read%'
  cross join lateral (select pg_get_ruledef(w.oid) as text) as definition
  -- RH0201 and RH0205 speak of tables that have the tenant column.
  where e.oid not in (select x.oid from tenant_table as x)
    -- A table that it only reads takes nothing in. Names are whole, since only pg_catalog is in this look's search_path.
    and (position('INSERT INTO ' || e.name || ' ' in definition.text) > 0
      or position('UPDATE ' || e.name || ' ' in definition.text) > 0
      or position('UPDATE ONLY ' || e.name || ' ' in definition.text) > 0)
    and w.oid not in (select p.oid from past as p)
  group by w.oid, w.rulename, w.name
)
select null::text, w.name, w.rulename::text, format('The rule %I %s.', w.rulename, w.what), format('drop rule %I on %s', w.rulename, w.name)
from (select * from past union all select * from copying) as w
