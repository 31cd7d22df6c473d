import type { CheckCase } from "../check-case.ts";

export const rh0212: CheckCase = {
  // The context, or a function that may read it; and no default at all.
  nearMiss: `
    create function own_organization() returns uuid language sql stable
      return nullif(current_setting('app.org', true), '')::uuid;
    create table notes (organization_id uuid not null default nullif(current_setting('app.org', true), '')::uuid);
    create table papers (organization_id uuid not null default own_organization());
    create table sheets (organization_id uuid default null);
    create table named (organization_id name default current_user);
    create table derived (code text, organization_id text generated always as ('x') stored)`,
  holes: [
    {
      title: "one tenant's id",
      break: "alter table tasks alter organization_id set default 'a0000000-0000-4000-8000-000000000001'",
      object: "public.tasks",
    },
    {
      title: "a number that is cast",
      break: "create table counted (organization_id bigint default 1::integer)",
      object: "public.counted",
    },
    {
      title: "a constant that is computed",
      break: `create schema "Odd one";
        create table "Odd one"."New tasks" (organization_id text default lower('Acme') || '-' || repeat('x', 1 + 1))`,
      object: `"Odd one"."New tasks"`,
    },
  ],
};
