import type { CheckCase } from "../check-case.ts";

const keys = "foreign key (organization_id, project_id) references projects (organization_id, id)";

export const rh0503: CheckCase = {
  nearMiss: `
    create table full_notes (organization_id uuid, project_id uuid, ${keys} match full);
    create table checked_notes (organization_id uuid check (organization_id is not null), project_id uuid, ${keys});
    create table plain_notes (organization_id uuid references organizations (id));
    create table optional_notes (organization_id uuid not null, project_id uuid, ${keys})`,
  holes: [
    {
      title: "the tenant column may be null",
      break: `create table notes (organization_id uuid, project_id uuid not null, ${keys})`,
      object: "public.notes",
    },
    {
      title: "a check that keeps it from being null was not validated",
      break: `alter table checked_notes drop constraint checked_notes_organization_id_check,
        add check (organization_id is not null) not valid`,
      object: "public.checked_notes",
    },
    {
      title: "a partitioned table with an odd name is told once",
      break: `create schema "Odd one"; create table "Odd one"."My notes" (organization_id uuid, project_id uuid, ${keys}) partition by list (organization_id);
        create table "Odd one"."Rest" partition of "Odd one"."My notes" default`,
      object: `"Odd one"."My notes"`,
    },
  ],
};
