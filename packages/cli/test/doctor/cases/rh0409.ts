import type { CheckCase } from "../check-case.ts";

export const rh0409: CheckCase = {
  // A language that only superusers may write in, with the one runtime that every server has.
  prepare: `
    create language rh0409_untrusted handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator;
    create function send(body text) returns void language rh0409_untrusted as 'begin end';
    revoke execute on function send(text) from public`,
  nearMiss: `
    create extension pgcrypto; create extension file_fdw; create extension lo;
    create schema outbound; create extension dblink schema outbound`,
  holes: [
    {
      title: "the extension's schema may be used",
      break: "grant usage on schema outbound to public",
      object: "dblink",
    },
    {
      title: "one of its functions was granted",
      break: `revoke execute on all functions in schema outbound from public; grant usage on schema outbound to {{app}};
        grant execute on function outbound.dblink_connect_u(text) to {{app}}`,
      object: "dblink",
    },
    {
      title: "a function in an untrusted language may be executed",
      break: "grant execute on function send(text) to {{app}}",
      object: "public.send(text)",
      level: "warn",
    },
    {
      title: "such a function with an odd name",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create function "Odd one"."Send it"(body text) returns void language rh0409_untrusted as 'begin end'`,
      object: `"Odd one"."Send it"(text)`,
      level: "warn",
    },
  ],
};
