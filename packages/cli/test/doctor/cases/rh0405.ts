import type { CheckCase } from "../check-case.ts";

const definer = "returns trigger language plpgsql security definer set search_path = '' as 'begin return new; end'";

export const rh0405: CheckCase = {
  nearMiss: `
    create function owned_stamp() ${definer};
    alter function owned_stamp() owner to {{owner}};
    create trigger owned_stamp before insert on tasks for each row execute function owned_stamp();
    create function asking_stamp() returns trigger language plpgsql as 'begin return new; end';
    create trigger asking_stamp before insert on tasks for each row execute function asking_stamp();
    create function admin_stamp() ${definer};
    create trigger admin_stamp before insert on plans for each row execute function admin_stamp();
    create trigger not_now before insert on tasks for each row execute function admin_stamp();
    alter table tasks disable trigger not_now`,
  holes: [
    {
      title: "its owner is a superuser",
      break: "create trigger stamp after insert on tasks for each row execute function admin_stamp()",
      object: "public.tasks",
      mend: "alter function admin_stamp() security invoker",
    },
    {
      title: "a table's owner is not under FORCE",
      break: "alter table projects no force row level security",
      object: "public.tasks",
      mend: "alter function owned_stamp() security invoker",
    },
    {
      title: "on a partitioned table, it is told once",
      break: "create trigger stamp after insert on events for each row execute function admin_stamp()",
      object: "public.events",
      mend: "alter function admin_stamp() security invoker",
    },
    {
      title: "a role with BYPASSRLS, on a table with an odd name",
      break: `create role rh0405_bypass bypassrls; create schema "Odd one";
        create table "Odd one"."New tasks" (like tasks); grant insert on "Odd one"."New tasks" to {{app}};
        create function "Odd one"."Stamp it"() ${definer}; alter function "Odd one"."Stamp it"() owner to rh0405_bypass;
        create trigger "Stamp it" before insert on "Odd one"."New tasks" for each statement execute function "Odd one"."Stamp it"()`,
      object: `"Odd one"."New tasks"`,
      mend: `alter function "Odd one"."Stamp it"() owner to {{owner}}`,
    },
  ],
};
