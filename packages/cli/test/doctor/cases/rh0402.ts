import type { CheckCase } from "../check-case.ts";

const counts = "security definer set search_path = '' as 'select count(*) from public.tasks'";

export const rh0402: CheckCase = {
  nearMiss: `
    create function owned_count() returns bigint language sql ${counts};
    alter function owned_count() owner to {{owner}};
    create function admin_count() returns bigint language sql ${counts};
    revoke execute on function admin_count() from public;
    create function stamp() returns trigger language plpgsql security definer set search_path = '' as 'begin return new; end';
    create function count_users() returns bigint language sql security definer begin atomic select count(*) from users; end`,
  holes: [
    {
      title: "nobody took it from PUBLIC",
      break: `create function all_tasks() returns bigint language sql ${counts}`,
      object: "public.all_tasks()",
    },
    {
      title: "it was granted to a role that the serving role belongs to",
      break: `create role rh0402_staff; grant rh0402_staff to {{app}};
        create function all_tasks() returns bigint language sql ${counts};
        revoke execute on function all_tasks() from public; grant execute on function all_tasks() to rh0402_staff`,
      object: "public.all_tasks()",
    },
    {
      title: "a parsed body reads a tenant table",
      break: `create function all_tasks() returns bigint language sql security definer return (select count(*) from tasks)`,
      object: "public.all_tasks()",
    },
    {
      title: "the table's owner is not under FORCE",
      break: "alter table tasks no force row level security",
      object: "public.owned_count()",
    },
    {
      title: "a procedure with an odd name, of a role with BYPASSRLS",
      break: `create role rh0402_bypass bypassrls; create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create procedure "Odd one"."Clear all"(which text, inout done int) language sql security definer set search_path = ''
          as 'delete from public.tasks returning 1';
        alter procedure "Odd one"."Clear all"(text, int) owner to rh0402_bypass`,
      object: `"Odd one"."Clear all"(text,integer)`,
    },
    {
      title: "a policy calls it, so a person has to read it",
      break: `create function mine() returns setof uuid language sql stable security definer set search_path = ''
          as 'select organization_id from public.memberships';
        create policy members on projects as restrictive for select to {{app}} using (organization_id in (select mine()))`,
      object: "public.mine()",
      level: "info",
      mend: "alter function mine() owner to {{owner}}",
    },
  ],
};
