import type { CheckCase } from "../check-case.ts";

const restricts = "create policy members on projects as restrictive for select to {{app}}";

export const rh0404: CheckCase = {
  nearMiss: `
    create function qualified() returns setof uuid language sql stable
      as 'select m.organization_id from public.memberships as m join "public" . "users" on true where m.role is distinct from null';
    create function last_path() returns setof uuid language sql stable security definer set search_path = public, pg_temp
      as 'select organization_id from memberships';
    create function parsed() returns setof uuid language sql stable return (select organization_id from memberships limit 1);
    create function in_no_policy() returns setof uuid language sql stable as 'select organization_id from memberships';
    create function year_of(at timestamptz) returns int language sql stable as 'select extract(year from at)::int';
    ${restricts} using (organization_id in (select qualified() union select last_path() union select parsed()) and year_of(now()) > 0)`,
  holes: [
    {
      title: "it runs as its caller, without a path",
      break: `create function mine() returns setof uuid language sql stable as 'select organization_id from memberships';
        create policy more on projects as restrictive for select to {{app}} using (organization_id in (select mine()))`,
      object: "public.mine()",
      level: "warn",
    },
    {
      title: "its path does not end in pg_temp, and temporary tables may be made",
      break: `create function mine() returns setof uuid language sql stable set search_path = public as 'select organization_id FROM Memberships';
        create policy more on projects as restrictive for select to {{app}} using (organization_id in (select mine()));
        do $$ begin execute format('grant temporary on database %I to {{app}}', current_database()); end $$`,
      object: "public.mine()",
    },
    {
      title: "it runs as its owner, whatever it names",
      break: `create function mine() returns uuid language plpgsql stable security definer as 'begin return helper(); end';
        create policy more on projects as restrictive for select to {{app}} using (organization_id = (select mine()))`,
      object: "public.mine()",
      level: "warn",
    },
    {
      title: "a table and a function with odd names",
      break: `create schema "Odd one"; create table "Odd one"."My teams" (id uuid);
        create function "Odd one"."My orgs"() returns setof uuid language sql stable set search_path = public, "Odd one"
          as 'select t.id from users as u join "My teams" as t on t.id = u.id';
        create policy more on projects as restrictive for select to {{app}} using (organization_id in (select "Odd one"."My orgs"()))`,
      object: `"Odd one"."My orgs"()`,
      level: "warn",
    },
  ],
};
