import type { CheckCase } from "../check-case.ts";

export const rh0507: CheckCase = {
  nearMiss: `
    create sequence numbers; create sequence hidden; create schema "Odd one"; create sequence "Odd one"."My numbers";
    grant usage on sequence numbers to {{app}}; grant select, update on sequence hidden to {{owner}};
    grant select on sequence "Odd one"."My numbers" to {{app}}`,
  holes: [
    { title: "it may be read", break: "grant select on sequence numbers to {{app}}", object: "public.numbers" },
    { title: "it may be set", break: "grant update on sequence numbers to public", object: "public.numbers" },
    {
      title: "everything was granted, to a role that the serving role belongs to",
      break: `create role "rh0507 Staff"; grant "rh0507 Staff" to {{app}}; grant all on sequence numbers to "rh0507 Staff"`,
      object: "public.numbers",
    },
    {
      title: "an odd name, whose schema may be used",
      break: `grant usage on schema "Odd one" to {{app}}`,
      object: `"Odd one"."My numbers"`,
    },
  ],
};
