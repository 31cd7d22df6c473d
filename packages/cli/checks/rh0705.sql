select
  null::text,
  p.table_name,
  command.name,
  format('%s permissive policies answer for %s: %s.', count(*), command.name, string_agg(p.polname, ', ' order by p.polname)),
  null::text
from policy as p
join (values ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) as command (letter, name)
  on p.polcmd in ('*', command.letter::"char")
where p.polpermissive and p.applies and p.relrowsecurity
group by p.table_name, command.name
having count(*) > 1
