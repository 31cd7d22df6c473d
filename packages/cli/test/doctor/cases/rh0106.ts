import type { CheckCase } from "../check-case.ts";

export const rh0106: CheckCase = {
  nearMiss: `
    create schema scratch; grant all on schema scratch to {{app}};
    create schema own authorization {{app}};
    grant usage on schema public to public`,
  holes: [
    { title: "everybody creates in public", break: "grant create on schema public to public", object: "public" },
    {
      title: "creates in a schema of its own search path",
      break: `create schema "Odd, one"; grant create on schema "Odd, one" to {{app}};
        alter role {{app}} set search_path = public, "Odd, one"`,
      object: `"Odd, one"`,
    },
    {
      title: "creates in a schema of the database's search path, by membership",
      break: `create role rh0106_team; grant rh0106_team to {{app}};
        create schema tools; grant create on schema tools to rh0106_team;
        do $$ begin execute format('alter database %I set search_path = Tools, public', current_database()); end $$`,
      object: "tools",
    },
    {
      title: "creates in the schema of a function's search path",
      break: `grant create on schema scratch to {{app}};
        create function look_up() returns int language sql set search_path = scratch as 'select 1'`,
      object: "scratch",
    },
    {
      title: "owns a schema of a search path",
      break: "create function look_up() returns int language sql set search_path = own as 'select 1'",
      object: "own",
      mend: "alter schema own owner to {{owner}}",
    },
  ],
};
