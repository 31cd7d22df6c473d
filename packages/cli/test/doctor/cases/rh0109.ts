import type { CheckCase } from "../check-case.ts";

export const rh0109: CheckCase = {
  nearMiss: `
    alter role {{app}} set row_security = on; alter role {{app}} set session_replication_role = origin;
    alter role {{app}} set statement_timeout = '5s';
    create role rh0109_loader login; alter role rh0109_loader set session_replication_role = replica;
    create role rh0109_web login; grant {{app}} to rh0109_web; alter role rh0109_web set role = {{app}}`,
  holes: [
    {
      title: "row security is off for the role",
      break: "alter role {{app}} set row_security = 'false'",
      object: "{{app}}",
      level: "warn",
    },
    {
      title: "foreign keys are off in this database",
      break: `do $$ begin
        execute format('alter database %I set session_replication_role = replica', current_database()); end $$`,
      object: "database",
    },
    {
      title: "the role becomes another one, in this database alone",
      break: `do $$ begin
        execute format('alter role {{app}} in database %I set role = rh0109_loader', current_database()); end $$`,
      object: "{{app}}",
    },
    {
      title: "the login before it opens large objects",
      break: "alter role rh0109_web set lo_compat_privileges = on",
      object: "rh0109_web",
    },
  ],
};
