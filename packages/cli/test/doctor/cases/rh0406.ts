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
    grant insert on admin_users to {{app}}`,
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
      title: "odd names",
      break: `create schema "Odd one"; create view "Odd one"."All notes" as select 1 as id;
        create rule "Write it" as on insert to "Odd one"."All notes" do instead delete from tasks;
        grant insert on "Odd one"."All notes" to {{app}}`,
      object: `"Odd one"."All notes"`,
    },
  ],
};
