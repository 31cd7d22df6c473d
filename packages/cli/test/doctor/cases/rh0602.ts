import type { CheckCase } from "../check-case.ts";

const tenant = "a0000000-0000-4000-8000-000000000001";

export const rh0602: CheckCase = {
  nearMiss: `
    alter role {{app}} set app.org = ''; alter role {{app}} set app.organ = '${tenant}';
    create role rh0602_support login; alter role rh0602_support set app.org = '${tenant}';
    create role rh0602_web login; grant {{app}} to rh0602_web`,
  holes: [
    {
      title: "of the database",
      break: `do $$ begin execute format('alter database %I set app.org = ''${tenant}''', current_database()); end $$`,
      object: "database",
    },
    { title: "of the role", break: `alter role {{app}} set "App.Org" = '${tenant}'`, object: "{{app}}" },
    {
      title: "of the role in this database",
      break: `do $$ begin
        execute format('alter role {{app}} in database %I set app.org = ''${tenant}''', current_database()); end $$`,
      object: "{{app}}",
    },
    { title: "of the login before it", break: `alter role rh0602_web set app.org = '${tenant}'`, object: "rh0602_web" },
    { title: "of every role", break: `alter role all set app.org = '${tenant}'`, object: "server" },
  ],
};
