with outbound as (
  select quote_ident(x.extname) as object, null::text as level, p.oid::regprocedure::text as function, e.grantees,
    format('Functions of the extension %I', x.extname) as what
  from pg_extension as x
  join pg_depend as d
    on d.refclassid = 'pg_extension'::regclass and d.refobjid = x.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e'
  join pg_proc as p on p.oid = d.objid
  join execution as e on e.oid = p.oid
  where x.extname in ('dblink', 'http', 'pg_net', 'pg_cron', 'adminpack', 'pg_background', 'plproxy', 'aws_s3', 'aws_lambda')
    and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype, 'fdw_handler'::regtype)
    and p.proname !~ '_fdw_validator$'
  union all
  select r.name, 'warn', r.name, e.grantees, format('A function in the untrusted language %I', r.lanname)
  from routine as r
  join pg_language as l on l.oid = r.prolang and not l.lanpltrusted and l.lanname not in ('internal', 'c')
  join execution as e on e.oid = r.oid
  where r.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
)
select level,
  object,
  grantees,
  format('%s can be executed through %s: %s%s.', what, grantees, min(function),
    case when count(*) > 1 then format(' and %s more', count(*) - 1) else '' end),
  format('revoke execute on function %s from %s', string_agg(function, ', ' order by function), grantees)
from outbound
group by level, object, grantees, what
