import type { Mutation } from "./mutation.ts";

/** Constraints that let organizations meet. */
export const keyMutations: readonly Mutation[] = [
  {
    title: "a unique key over all organizations",
    found: "RH0504",
    crossed: ["unique-oracle", "public.projects"],
    sql: "create unique index one_name on projects (name)",
  },
  {
    title: "a foreign key without the organization",
    found: "RH0501",
    crossed: ["foreign-key-reference", "public.tasks"],
    sql: `alter table projects add constraint by_id unique (id);
      alter table tasks drop constraint tasks_organization_id_project_id_fkey,
        add constraint loose foreign key (project_id) references projects (id) on delete cascade`,
  },
  {
    title: "a second foreign key that leaves the organization out",
    found: "RH0501",
    crossed: ["foreign-key-reference", "public.projects"],
    sql: `alter table projects add constraint by_id unique (id);
      alter table projects add column copied_from uuid references projects (id);
      grant update (copied_from), insert (copied_from) on projects to {{runtime}}`,
  },
  {
    title: "an organization that may be null",
    found: "RH0210",
    sql: "alter table tasks drop constraint tasks_pkey, alter organization_id drop not null",
  },
  {
    title: "a foreign key that was never validated",
    found: "RH0505",
    sql: `alter table tasks drop constraint tasks_organization_id_project_id_fkey,
      add constraint unchecked foreign key (organization_id, project_id) references projects (organization_id, id) not valid`,
  },
  {
    title: "a deletion that takes the organization out of a row",
    found: "RH0502",
    sql: `alter table tasks drop constraint tasks_organization_id_project_id_fkey,
      add constraint loosening foreign key (organization_id, project_id) references projects (organization_id, id) on delete set null`,
  },
  {
    title: "no foreign key to the organizations",
    found: "RH0214",
    sql: "alter table projects drop constraint projects_organization_id_fkey",
  },
];
