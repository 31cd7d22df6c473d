import type { CheckCase } from "../check-case.ts";

const body = "as 'select count(*) from tasks'";
const mayMakeTables = `do $$ begin
  execute format('grant temporary on database %I to {{app}}', current_database());
end $$`;

export const rh0403: CheckCase = {
  nearMiss: `
    create function empty_path() returns bigint language sql security definer set search_path = ''
      as 'select count(*) from public.tasks';
    create function last_path() returns bigint language sql security definer set search_path = public, pg_temp ${body};
    create function quoted_path() returns bigint language sql security definer set search_path = "Odd one", 'pg_temp' as 'select 1::bigint';
    create function parsed() returns bigint language sql security definer set search_path = public return (select count(*) from tasks);
    create function asking() returns bigint language sql ${body};
    create function unreachable() returns bigint language sql security definer ${body};
    revoke execute on function unreachable() from public;
    create function unused() returns trigger language plpgsql security definer as 'begin return new; end'`,
  holes: [
    {
      title: "it has no path of its own",
      break: `create function all_tasks() returns bigint language sql security definer ${body}`,
      object: "public.all_tasks()",
      level: "warn",
    },
    {
      title: "its path leaves temporary tables in front",
      break: `create function all_tasks() returns bigint language sql security definer set search_path = public ${body}; ${mayMakeTables}`,
      object: "public.all_tasks()",
    },
    {
      title: "its path names temporary tables first",
      break: `create function all_tasks() returns bigint language sql security definer set search_path = pg_temp, public ${body}; ${mayMakeTables}`,
      object: "public.all_tasks()",
    },
    {
      title: "a trigger calls it",
      break: "create trigger unused before insert on tasks for each row execute function unused()",
      object: "public.unused()",
      level: "warn",
    },
    {
      title: "an odd name and an odd path",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create function "Odd one"."All, pg_temp"("a b" text) returns bigint language plpgsql security definer
          set search_path = "Odd one", "x, pg_temp" as 'begin return (select count(*) from public.tasks); end'`,
      object: `"Odd one"."All, pg_temp"(text)`,
      level: "warn",
    },
  ],
};
