import type { CheckCase } from "../check-case.ts";

const restricts = "create policy more on projects as restrictive for select to {{app}} using";
const mend = "drop policy more on projects";

export const rh0703: CheckCase = {
  nearMiss: `
    create function same_org(id uuid) returns boolean language sql stable
      as 'select id = nullif(current_setting(''app.org'', true), '''')::uuid';
    create function setting(name text) returns text language plpgsql stable as 'begin return current_setting(name, true); end';
    create function my_orgs(role text) returns setof uuid language sql stable
      as 'select organization_id from public.memberships where memberships.role = my_orgs.role';
    create function is_member(id uuid) returns boolean language plpgsql stable as 'begin return id is not null; end';
    create policy near on projects as restrictive for select to {{app}}
      using (same_org(organization_id) and organization_id::text = (select setting('app.org')) and organization_id = any (array(select my_orgs('owner'))))`,
  holes: [
    {
      title: "in PL/pgSQL",
      break: `${restricts} (is_member(organization_id))`,
      object: "public.projects",
      mend,
    },
    {
      title: "in a subquery that depends on the row, where a row is checked",
      break: `create policy more on projects as restrictive for insert to {{app}} with check ((select is_member(projects.organization_id)))`,
      object: "public.projects",
      mend,
    },
    {
      title: "in SQL with a table",
      break: `create function has_members(id uuid) returns boolean language sql stable
          as 'select exists (select from public.memberships where organization_id = id)';
        ${restricts} (has_members(organization_id))`,
      object: "public.projects",
      mend,
    },
    {
      title: "in SQL with a path of its own",
      break: `alter function same_org(uuid) set search_path = ''`,
      object: "public.projects",
      mend: "alter function same_org(uuid) reset search_path",
    },
    {
      title: "odd names",
      break: `create schema "Odd one"; create table "Odd one"."My notes" (organization_id uuid);
        create function "Odd one"."Is it mine?"(uuid) returns boolean language sql stable security definer as 'select true';
        create policy "It's mine" on "Odd one"."My notes" using ("Odd one"."Is it mine?"(coalesce(organization_id, gen_random_uuid())))`,
      object: `"Odd one"."My notes"`,
      mend: `drop policy "It's mine" on "Odd one"."My notes"`,
    },
  ],
};
