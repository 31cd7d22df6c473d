import type { CheckCase } from "../check-case.ts";

export const rh0220: CheckCase = {
  prepare: "create table invoices (id uuid primary key, customer uuid references organizations)",
  // Protected, out of reach, or a pointer that does not make the row a part.
  nearMiss: `
    create table bills (customer uuid not null references organizations);
    alter table bills enable row level security; grant select on bills to {{app}};
    create table tickets (opened_for uuid references organizations on delete set null); grant select on tickets to {{app}};
    alter table users add last_organization uuid references organizations; grant select on users to {{app}}`,
  holes: [
    {
      title: "it may be read",
      break: "grant select on invoices to {{app}}",
      object: "public.invoices",
      mend: `alter table invoices enable row level security;
        create policy own_invoices on invoices using (customer = nullif(current_setting('app.org', true), '')::uuid)`,
    },
    {
      title: "two columns, in another schema",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create table "Odd one"."Transfers" ("from" uuid not null references organizations, "to" uuid not null references organizations);
        grant insert on "Odd one"."Transfers" to public`,
      object: `"Odd one"."Transfers"`,
      mend: `alter table "Odd one"."Transfers" rename "from" to organization_id`,
    },
  ],
};
