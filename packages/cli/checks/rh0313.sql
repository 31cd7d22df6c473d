select
  null::text,
  p.table_name,
  p.polname::text,
  format('Policy "%s" has neither USING nor WITH CHECK, so it lets nothing through.', p.polname),
  format('drop policy %I on %s', p.polname, p.table_name)
from policy as p
where p.polpermissive and p.polqual is null and p.polwithcheck is null
