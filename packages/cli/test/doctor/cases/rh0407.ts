import type { CheckCase } from "../check-case.ts";

export const rh0407: CheckCase = {
  nearMiss: `
    create function same(text, text) returns boolean language internal immutable strict leakproof as 'texteq';
    create function ordinary(text) returns boolean language sql immutable as 'select $1 is null';
    create function private(text) returns boolean language sql immutable leakproof as 'select $1 is null';
    revoke execute on function private(text) from public`,
  holes: [
    {
      title: "a function in SQL",
      break: "alter function ordinary(text) leakproof",
      object: "public.ordinary(text)",
    },
    {
      title: "another name for a function of Postgres that is not leakproof",
      break:
        "create function same_json(jsonb, jsonb) returns boolean language internal immutable strict leakproof as 'jsonb_eq'",
      object: "public.same_json(jsonb,jsonb)",
    },
    {
      title: "an odd name",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create function "Odd one"."I like"(a text, b text) returns boolean language plpgsql leakproof as 'begin return a ilike b; end'`,
      object: `"Odd one"."I like"(text,text)`,
    },
  ],
};
