import type { CheckCase } from "../check-case.ts";

export const rh0601: CheckCase = {
  // One that is restored by its clause, one that sets and does no more, one that puts back what it found, one that only talks,
  // and two that no serving role reaches.
  nearMiss: `
    create function work_as(tenant uuid) returns void language plpgsql set app.org = '' as $$ begin
      perform set_config('app.org', tenant::text, true); delete from public.tasks; end $$;
    create function set_tenant(tenant uuid) returns void language plpgsql as $$ begin
      if not exists (select from public.memberships) then raise 'no'; end if;
      perform set_config('app.org', tenant::text, true); end $$;
    create function visit(tenant uuid) returns void language plpgsql as $$
      declare before text := current_setting('app.org', true); begin
      perform set_config('app.org', tenant::text, true); delete from public.tasks;
      perform set_config('app.org', before, true); end $$;
    create function talk() returns void language plpgsql as $$ begin
      -- perform set_config('app.org', '', true);
      raise notice 'call set_config(''app.org'', ...) or set local app.org = ...';
      perform set_config('app.theme', 'dark', true); update public.tasks set done = true; end $$;
    create function operate(tenant uuid) returns void language plpgsql as $$ begin
      perform set_config('app.org', tenant::text, true); delete from public.tasks; end $$;
    revoke execute on function operate from public;
    create schema tools; create function tools.operate(tenant uuid) returns void language plpgsql as $$ begin
      perform set_config('app.org', tenant::text, true); delete from public.tasks; end $$`,
  holes: [
    {
      title: "PL/pgSQL that goes on working",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create function "Odd one"."Admin op"(tenant uuid) returns void language plpgsql as $$ begin
          perform pg_catalog.set_config('App.Org', tenant::text, true); update public.tasks set done = true; end $$`,
      object: `"Odd one"."Admin op"(uuid)`,
    },
    {
      title: "SQL with a statement after the switch",
      break: `create function report(tenant uuid) returns bigint language sql as $$
        select set_config('app.org', tenant::text, true); select count(*) from public.tasks $$`,
      object: "public.report(uuid)",
    },
    {
      title: "SQL that was parsed when it was made",
      break: `create function report(tenant uuid) returns bigint language sql begin atomic
        select set_config('app.org', tenant::text, true); select count(*) from public.tasks; end`,
      object: "public.report(uuid)",
    },
    {
      title: "SET LOCAL, in a procedure",
      break: `create procedure sweep() language plpgsql as $$ begin
        set local app.org to 'a0000000-0000-4000-8000-000000000001'; delete from public.tasks; end $$`,
      object: "public.sweep()",
      mend: "drop procedure sweep()",
    },
    {
      title: "a text that is executed",
      break: `create function sweep(tenant uuid) returns void language plpgsql as $$ begin
        execute format('set local app.org = %L', tenant); delete from public.tasks; end $$`,
      object: "public.sweep(uuid)",
    },
    {
      title: "a trigger's function that nobody may call",
      break: `create function count_up() returns trigger language plpgsql as $$ begin
          perform set_config('app.org', new.organization_id::text, true); update public.plans set name = name; return new; end $$;
        revoke execute on function count_up from public;
        create trigger count_up after insert on tasks for each row execute function count_up()`,
      object: "public.count_up()",
    },
    {
      title: "a function that asks for the caller's tenant",
      break: `create function visit_all() returns void language plpgsql as $$ begin
        if current_setting('app.org', true) = '' then
          perform set_config('app.org', 'a0000000-0000-4000-8000-000000000001', true); delete from public.tasks;
        end if; end $$`,
      object: "public.visit_all()",
      mend: "revoke execute on function visit_all from public",
    },
    {
      title: "a switch that outlives the transaction, clause or not",
      break: `create function enter(tenant uuid) returns void language plpgsql set app.org = '' as $$ begin
        perform set_config('app.org', tenant::text, false); end $$`,
      object: "public.enter(uuid)",
      level: "error",
      mend: "drop function enter",
    },
    {
      title: "SET without LOCAL",
      break: `create function enter() returns void language plpgsql as $$ begin
        set app.org = 'a0000000-0000-4000-8000-000000000001'; end $$`,
      object: "public.enter()",
      level: "error",
      mend: "drop function enter",
    },
  ],
};
