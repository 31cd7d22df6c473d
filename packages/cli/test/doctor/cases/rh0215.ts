import type { CheckCase } from "../check-case.ts";

export const rh0215: CheckCase = {
  // Written by policies, written and never read, or part of a tenant's rows and so another check's.
  nearMiss: `
    create table rooms (id uuid primary key, name text);
    alter table rooms enable row level security; grant all on rooms to {{app}};
    create table log (at timestamptz default now(), what text); grant insert on log to {{app}};
    create table invoices (customer uuid not null references organizations); grant insert on invoices to {{app}};
    create schema closed; create table closed.rates (code text); grant all on closed.rates to {{app}};
    grant insert on events_2026 to {{app}}`,
  holes: [
    {
      title: "reference data may be changed",
      break: "grant update (name) on plans to {{app}}",
      object: "public.plans",
      mend: "revoke update (name) on plans from {{app}}",
    },
    {
      title: "everybody may delete it",
      break: "grant delete on plans to public",
      object: "public.plans",
      mend: "revoke delete on plans from public",
    },
    {
      title: "what is added may be read",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create table "Odd one"."Words" (word text); grant select, insert on "Odd one"."Words" to {{app}}`,
      object: `"Odd one"."Words"`,
      mend: `revoke insert on "Odd one"."Words" from {{app}}`,
    },
    {
      title: "every table may be written",
      break: "grant pg_write_all_data to {{app}}",
      object: "public.users",
      mend: "revoke pg_write_all_data from {{app}}",
    },
  ],
};
