import type { CheckCase } from "../check-case.ts";

const project =
  "alter table tasks add column parent uuid, add foreign key (organization_id, parent) references projects (organization_id, id)";

export const rh0502: CheckCase = {
  nearMiss: `
    alter table tasks add column near uuid,
      add foreign key (organization_id, near) references projects (organization_id, id) on delete set null (near);
    alter table tasks add column assignee uuid references users (id) on delete set null`,
  holes: [
    { title: "SET NULL clears all columns", break: `${project} on delete set null`, object: "public.tasks" },
    {
      title: "SET DEFAULT clears all columns, in a constraint that was not checked",
      break: `${project} on update cascade on delete set default deferrable initially deferred not valid`,
      object: "public.tasks",
    },
    {
      title: "the named columns include the tenant's",
      break: `${project} match full on delete set null (parent, organization_id)`,
      object: "public.tasks",
    },
    {
      title: "the tenant column alone, which a person has to decide",
      break: `create table notes (organization_id uuid references organizations (id) on delete set null)`,
      object: "public.notes",
      mend: `alter table notes drop constraint notes_organization_id_fkey,
        add foreign key (organization_id) references organizations (id) on delete cascade`,
    },
    {
      title: "a change of the parent's key, which a person has to decide",
      break: `${project} on update set null`,
      object: "public.tasks",
      mend: "alter table tasks drop column parent",
    },
    {
      title: "odd names, on a partitioned table",
      break: `create schema "Odd one"; create table "Odd one"."My notes" (organization_id uuid not null, "The project" uuid,
          constraint "It's (odd)" foreign key (organization_id, "The project") references projects (organization_id, id) on delete set null)
          partition by list (organization_id);
        create table "Odd one"."Rest" partition of "Odd one"."My notes" default`,
      object: `"Odd one"."My notes"`,
    },
  ],
};
