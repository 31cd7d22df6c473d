import type { CheckCase } from "../check-case.ts";

const acme = "a0000000-0000-4000-8000-000000000001";
const globex = "b0000000-0000-4000-8000-000000000002";
const project = "c0000000-0000-4000-8000-000000000003";

export const rh0508: CheckCase = {
  prepare: `
    create unique index projects_by_id on projects (id);
    alter table tasks add column parent uuid references projects (id);
    insert into projects (organization_id, id, name) values ('${acme}', '${project}', 'Acme''s')`,
  nearMiss: `
    insert into tasks (organization_id, project_id, parent, title)
      values ('${acme}', '${project}', '${project}', 'own'), ('${acme}', '${project}', null, 'without parent')`,
  holes: [
    {
      title: "a row points to another tenant's row",
      break: `insert into projects (organization_id, name) values ('${globex}', 'Globex''s');
        insert into tasks (organization_id, project_id, parent, title)
          select '${globex}', id, '${project}', 'across' from projects where organization_id = '${globex}'`,
      object: "public.tasks",
      mend: "delete from tasks where title = 'across'",
    },
    {
      title: "a foreign key is valid because its owner saw no rows to check",
      break: `alter table tasks add column twin uuid; update tasks set twin = gen_random_uuid();
        set role {{owner}};
        alter table tasks add foreign key (organization_id, twin) references projects (organization_id, id);
        reset role`,
      object: "public.tasks",
      mend: "alter table tasks drop column twin",
    },
    {
      title: "a partitioned table with an odd name",
      break: `create schema "Odd one";
        create table "Odd one"."My notes" (organization_id uuid, "The project" uuid references projects (id)) partition by list (organization_id);
        create table "Odd one"."Rest" partition of "Odd one"."My notes" default;
        insert into "Odd one"."My notes" values ('${globex}', '${project}')`,
      object: `"Odd one"."My notes"`,
      mend: `delete from "Odd one"."My notes"`,
    },
  ],
};
