import type { CheckCase } from "../check-case.ts";

export const rh0401: CheckCase = {
  nearMiss: `
    create view owned_tasks as select * from tasks;
    alter view owned_tasks owner to {{owner}};
    create view admin_tasks as select * from tasks;
    create view asking_tasks with (security_invoker = On) as select * from tasks;
    create view asking_too with (security_invoker = 1) as select * from tasks;
    create view everybody as select * from users;
    create table drafts (like tasks);
    alter table drafts owner to {{owner}};
    create view owned_drafts as select * from drafts;
    alter view owned_drafts owner to {{owner}};
    create view admin_drafts as select * from drafts;
    grant select on owned_tasks, asking_tasks, asking_too, everybody, owned_drafts to {{app}}`,
  holes: [
    {
      title: "a superuser's view of a tenant table may be read",
      break: "create view all_tasks as select * from tasks; grant select on all_tasks to {{app}}",
      object: "public.all_tasks",
    },
    {
      title: "a superuser's view may be written through",
      break: `create view all_tasks with (security_barrier, security_invoker = off) as select * from tasks;
        grant delete on all_tasks to {{app}}`,
      object: "public.all_tasks",
    },
    {
      title: "it lies below a view that is bound",
      break: `create view inner_tasks as select * from tasks;
        create view middle_tasks with (security_invoker) as select * from inner_tasks;
        create view outer_tasks as select * from middle_tasks;
        alter view outer_tasks owner to {{owner}};
        grant select on inner_tasks, middle_tasks to {{owner}}, {{app}};
        revoke select on inner_tasks from {{owner}};
        grant select on outer_tasks to {{app}}`,
      object: "public.inner_tasks",
    },
    {
      title: "only a view above it may be named",
      break: `create view inner_tasks as select * from tasks;
        create view outer_tasks as select * from inner_tasks;
        grant select on outer_tasks to {{app}}`,
      object: "public.inner_tasks",
    },
    {
      title: "the table has no row security yet, and will not hold the view's owner once it has",
      break: "grant select on admin_drafts to {{app}}",
      object: "public.admin_drafts",
    },
    {
      title: "its owner has BYPASSRLS",
      break: `create role rh0401_bypass bypassrls; grant select on tasks to rh0401_bypass;
        create view all_tasks as select * from tasks; alter view all_tasks owner to rh0401_bypass;
        grant select on all_tasks to {{app}}`,
      object: "public.all_tasks",
    },
    {
      title: "the table's owner is not under FORCE",
      break: "alter table tasks no force row level security",
      object: "public.owned_tasks",
    },
    {
      title: "one column of a view with an odd name",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create view "Odd one"."All tasks" as select * from tasks; grant select (title) on "Odd one"."All tasks" to {{app}}`,
      object: `"Odd one"."All tasks"`,
    },
  ],
};
