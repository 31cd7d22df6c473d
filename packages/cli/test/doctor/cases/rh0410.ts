import type { CheckCase } from "../check-case.ts";

const restricts = "create policy more on projects as restrictive for select to {{app}} using";

export const rh0410: CheckCase = {
  nearMiss: `
    create function no_organization() returns uuid language sql immutable as 'select ''00000000-0000-0000-0000-000000000000''::uuid';
    create function visible(name text) returns boolean language sql immutable as 'select name is distinct from ''hidden'' and lower(name) <> ''current_user_name''';
    create function current_org() returns uuid language sql stable as 'select nullif(current_setting(''app.org'', true), '''')::uuid';
    create function in_no_policy() returns uuid language sql immutable as 'select current_setting(''app.org'', true)::uuid';
    create policy near on projects as restrictive for select to {{app}}
      using (organization_id <> no_organization() and visible(name) and organization_id = (select current_org()))`,
  holes: [
    {
      title: "it reads the setting",
      break: `create function mine() returns uuid language sql immutable as 'select nullif(current_setting (''app.org'', true), '''')::uuid';
        ${restricts} (organization_id = mine())`,
      object: "public.mine()",
    },
    {
      title: "it reads the current user",
      break: `create function mine(id uuid) returns boolean language plpgsql immutable as 'begin return CURRENT_USER = id::text; end';
        ${restricts} (not mine(organization_id))`,
      object: "public.mine(uuid)",
    },
    {
      title: "it calls a function that is not immutable",
      break: `create function mine() returns uuid language sql immutable as 'select public.current_org()';
        ${restricts} (organization_id = mine())`,
      object: "public.mine()",
    },
    {
      title: "it reads a table",
      break: `create function mine(id uuid) returns boolean language sql immutable
          as 'select exists (select from "public".memberships as m where m.organization_id = id)';
        ${restricts} (mine(organization_id))`,
      object: "public.mine(uuid)",
    },
    {
      title: "a parsed body and an odd name",
      break: `create schema "Odd one";
        create function "Odd one"."My org"() returns uuid language sql immutable return nullif(current_setting('app.org', true), '')::uuid;
        ${restricts} (organization_id = "Odd one"."My org"())`,
      object: `"Odd one"."My org"()`,
    },
  ],
};
