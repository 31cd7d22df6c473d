import type { CheckCase } from "../check-case.ts";

const done = "do also update tasks set done = true";

export const rh0406: CheckCase = {
  nearMiss: `
    create rule owned as on update to projects ${done};
    create rule "no deletes" as on delete to tasks do instead nothing;
    create view admin_notes as select 1 as id;
    create rule unwritable as on update to admin_notes do instead update tasks set done = true;
    create view admin_users as select * from users;
    create rule other as on insert to admin_users do instead insert into users (email) values (new.email);
    grant insert on admin_users to {{app}};
    create table log (line text);
    create rule unread as on insert to tasks do also insert into log values (new.title);
    create rule "from shared" as on delete to projects do also insert into log select p.name from plans as p where p.code = old.name;
    create rule "of no tenant" as on insert to users do also update plans set name = name`,
  holes: [
    {
      title: "a superuser's view writes a tenant table",
      break: "grant update on admin_notes to {{app}}",
      object: "public.admin_notes",
    },
    {
      title: "the tables' owner is not under FORCE",
      break: "alter table tasks no force row level security",
      object: "public.projects",
    },
    {
      title: "rows are copied to where every tenant may read",
      break: 'grant select (line) on log to {{app}}; drop rule "from shared" on projects',
      object: "public.tasks",
    },
    {
      title: "rows are copied into a table with an odd name that every tenant may read",
      break: `create schema "Odd one"; create table "Odd one"."All lines" (line text); grant usage on schema "Odd one" to {{app}};
        grant select on "Odd one"."All lines" to public;
        create rule "Copy it" as on update to tasks do also update only "Odd one"."All lines" set line = new.title`,
      object: "public.tasks",
    },
    {
      title: "odd names",
      break: `create schema "Odd one"; create view "Odd one"."All notes" as select 1 as id;
        create rule "Write it" as on insert to "Odd one"."All notes" do instead delete from tasks;
        grant insert on "Odd one"."All notes" to {{app}}`,
      object: `"Odd one"."All notes"`,
    },
  ],
};
