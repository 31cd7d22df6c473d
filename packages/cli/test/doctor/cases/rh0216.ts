import type { CheckCase } from "../check-case.ts";

export const rh0216: CheckCase = {
  prepare: "create role rh0216_reports",
  // Sequences, another role, and a schema that is closed.
  nearMiss: `
    create schema closed;
    alter default privileges for role {{owner}} grant usage on sequences to {{app}};
    alter default privileges for role {{owner}} grant select on tables to rh0216_reports;
    alter default privileges for role {{owner}} in schema closed grant select on tables to {{app}};
    alter default privileges for role {{owner}} grant references on tables to {{app}}`,
  holes: [
    {
      title: "to the serving role, everywhere",
      break: "alter default privileges for role {{owner}} grant select, insert on tables to {{app}}",
      object: "{{owner}}",
    },
    {
      title: "to everybody, in one schema",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        alter default privileges for role {{owner}} in schema "Odd one" grant truncate on tables to public`,
      object: "{{owner}}",
    },
    {
      title: "to a role that the serving role is a member of",
      break: `grant rh0216_reports to {{app}}`,
      object: "{{owner}}",
    },
  ],
};
