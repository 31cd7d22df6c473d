import type { CheckCase } from "../check-case.ts";

const setHere = (setting: string, value: string): string =>
  `do $$ begin execute format('alter database %I set ${setting} = ''${value}''', current_database()); end $$`;

export const rh0603: CheckCase = {
  nearMiss: `
    ${setHere("app.token_lifetime", "3600")};
    ${setHere("app.api_key_prefix", "rk")};
    ${setHere("app.max_token", "15 min")};
    ${setHere("app.require_password", "on")};
    ${setHere("app.secret", "")};
    ${setHere("app.monkey", "capuchin")};
    alter role {{app}} set password_encryption = 'scram-sha-256';
    create function read_theme() returns text language sql set app.theme = 'dark' as 'select 1::text'`,
  holes: [
    {
      title: "of the database",
      break: setHere("app.jwt_secret", "not-so-secret-any-more"),
      object: "database",
      mend: `do $$ begin execute format('alter database %I reset app.jwt_secret', current_database()); end $$`,
    },
    {
      title: "of another role",
      break: `create role "rh0603 Reports"; alter role "rh0603 Reports" set "app.settings.stripe_api_key" = 'abcdefgh'`,
      object: `"rh0603 Reports"`,
      mend: `alter role "rh0603 Reports" reset all`,
    },
    {
      title: "of a function",
      break: `create function sign() returns text language sql set app.signing_key = 'abcdefgh' as 'select 1::text'`,
      object: "public.sign()",
      mend: "alter function public.sign reset all",
    },
    {
      title: "a value that is one, under another name",
      break: "alter role {{app}} set app.upstream = 'postgres://web:hunter2@db.internal/app'",
      object: "{{app}}",
      mend: "alter role {{app}} reset app.upstream",
    },
  ],
};
