import type { CheckCase } from "../check-case.ts";

export const rh0214: CheckCase = {
  // Tied by way of projects, and by another column name there.
  nearMiss: `
    create table notes (organization_id uuid not null, project_id uuid not null,
      foreign key (project_id, organization_id) references projects (id, organization_id));
    create table papers (organization_id uuid not null references organizations);
    create table paper_pages partition of events for values from ('2030-01-01') to ('2031-01-01')`,
  holes: [
    {
      title: "no foreign key",
      break: "create table loose (organization_id uuid not null)",
      object: "public.loose",
    },
    {
      title: "the key of a project without its tenant",
      break: `create table lone_projects (organization_id uuid primary key references organizations);
        create table loose (organization_id uuid not null, project_id uuid references lone_projects)`,
      object: "public.loose",
    },
    {
      title: "a foreign key that lays the tenant beside another column",
      break: `alter table projects add unique (id, name);
        create table loose (organization_id uuid, name text, foreign key (organization_id, name) references projects (id, name))`,
      object: "public.loose",
    },
    {
      title: "a table that points to itself",
      break: `create schema "Odd one"; create table "Odd one"."Tree" (organization_id uuid, id uuid, above uuid,
          primary key (organization_id, id), foreign key (organization_id, above) references "Odd one"."Tree")`,
      object: `"Odd one"."Tree"`,
    },
    {
      title: "a partitioned table",
      break: `create table loose (organization_id uuid, at date) partition by range (at);
        create table loose_2026 partition of loose for values from ('2026-01-01') to ('2027-01-01')`,
      object: "public.loose",
    },
    {
      title: "a type that no foreign key can bridge",
      break: "create table loose (organization_id text)",
      object: "public.loose",
      mend: `alter table loose alter organization_id type uuid using organization_id::uuid;
        alter table loose add foreign key (organization_id) references organizations`,
    },
  ],
};
