import type { CheckCase } from "../check-case.ts";

export const rh0206: CheckCase = {
  prepare: `
    create table records (id uuid, body text);
    create table bills (organization_id uuid) inherits (records);
    alter table bills enable row level security`,
  // Children without row security of a parent without, and a parent that no tenant's query reaches.
  nearMiss: `
    create table shapes (id uuid); create table circles (radius integer) inherits (shapes);
    grant select on shapes to {{app}}`,
  holes: [
    {
      title: "the parent may be read",
      break: "grant select on records to {{app}}",
      object: "public.records",
      mend: "revoke select on records from {{app}}",
    },
    {
      title: "rows may be deleted through the parent",
      break: "grant delete on records to public",
      object: "public.records",
      mend: "alter table bills no inherit records",
    },
    {
      title: "a grandchild is protected",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create table "Odd one"."All things" (); create table things () inherits ("Odd one"."All things");
        create table our_things (organization_id uuid) inherits (things);
        alter table our_things enable row level security;
        grant select on "Odd one"."All things" to {{app}}`,
      object: `"Odd one"."All things"`,
      mend: `alter table "Odd one"."All things" enable row level security`,
    },
  ],
};
