import type { CheckCase } from "../check-case.ts";

const project = "alter table tasks add column parent uuid";

export const rh0501: CheckCase = {
  prepare: "create unique index projects_by_id on projects (id)",
  nearMiss: `
    alter table tasks add column assignee uuid references users (id);
    alter table tasks add column other uuid, add foreign key (other, organization_id) references projects (id, organization_id)`,
  holes: [
    {
      title: "a key without the tenant, whose parent already has the composite one",
      break: `${project} references projects (id) on delete set null deferrable initially deferred`,
      object: "public.tasks",
    },
    {
      title: "the parent lacks the composite key",
      break: `create table labels (organization_id uuid not null, id uuid primary key);
        alter table tasks add column label uuid references labels (id) on update cascade on delete cascade`,
      object: "public.tasks",
    },
    {
      title: "a table that points to itself, with odd names",
      break: `create schema "Odd one";
        create table "Odd one"."My tree" (organization_id uuid not null, "The id" bigint primary key, "Above" bigint,
          constraint "It's above" foreign key ("Above") references "Odd one"."My tree" on delete restrict)`,
      object: `"Odd one"."My tree"`,
    },
    {
      title: "a partitioned table is told once, though its partitions inherit it",
      break: "alter table events add column project uuid references projects (id)",
      object: "public.events",
    },
    {
      title: "a second foreign key carries the tenant",
      break: `${project}, add foreign key (parent) references projects (id),
        add foreign key (organization_id, parent) references projects (organization_id, id)`,
      object: "public.tasks",
      level: "info",
    },
    {
      title: "the tenant column stands across from another column",
      break: `${project}, add foreign key (parent, organization_id) references projects (organization_id, id)`,
      object: "public.tasks",
      mend: "alter table tasks drop column parent",
    },
  ],
};
