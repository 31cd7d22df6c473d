import type { CheckCase } from "../check-case.ts";

export const rh0210: CheckCase = {
  // Null is kept out by other means.
  nearMiss: `
    create domain tenant as uuid not null;
    create table notes (organization_id tenant, body text);
    create table papers (organization_id uuid check (organization_id is not null), body text);
    create table sheets (organization_id uuid primary key)`,
  holes: [
    {
      title: "a column",
      break:
        "create table loose (organization_id uuid references organizations); insert into loose select id from organizations",
      object: "public.loose",
    },
    {
      title: "a partitioned table with a partition",
      break: `create schema "Odd one"; create table "Odd one"."Loose" (organization_id uuid, at date) partition by range (at);
        create table loose_2026 partition of "Odd one"."Loose" for values from ('2026-01-01') to ('2027-01-01')`,
      object: `"Odd one"."Loose"`,
    },
    {
      title: "a check that looks at new rows only",
      break:
        "create table loose (organization_id uuid); alter table loose add check (organization_id is not null) not valid",
      object: "public.loose",
    },
    {
      title: "a check that asks for more than one thing",
      break:
        "create table loose (organization_id uuid, kind text, check (organization_id is not null or kind = 'shared'))",
      object: "public.loose",
    },
  ],
};
