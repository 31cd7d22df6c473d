import type { CheckCase } from "../check-case.ts";

export const rh0208: CheckCase = {
  prepare: `
    create foreign data wrapper nowhere; create server elsewhere foreign data wrapper nowhere;
    create foreign table remote_tasks (organization_id uuid, title text) server elsewhere;
    create foreign table rates (currency text) server elsewhere`,
  nearMiss: `
    create view own_remote_tasks as select title from remote_tasks;
    grant select on own_remote_tasks to {{app}};
    create schema closed; create foreign table closed.remote_tasks (organization_id uuid) server elsewhere;
    grant select on closed.remote_tasks to {{app}}`,
  holes: [
    {
      title: "one with the tenant column may be read",
      break: "grant select on remote_tasks to {{app}}",
      object: "public.remote_tasks",
    },
    {
      title: "everybody may write into it",
      break: "grant insert on remote_tasks to public",
      object: "public.remote_tasks",
    },
    {
      title: "one without is a note",
      break: "grant select on rates to {{app}}",
      object: "public.rates",
      level: "info",
    },
    {
      title: "a role that the serving role is a member of may read one column",
      break: `create role "rh0208 Group"; grant "rh0208 Group" to {{app}};
        create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create foreign table "Odd one"."Far away" (organization_id uuid, title text) server elsewhere;
        grant select (title) on "Odd one"."Far away" to "rh0208 Group"`,
      object: `"Odd one"."Far away"`,
    },
  ],
};
