import type { CheckCase } from "../check-case.ts";

export const rh0505: CheckCase = {
  nearMiss: "alter table plans add check (code <> '') not valid; alter table tasks add check (title is not null)",
  holes: [
    {
      title: "a foreign key",
      break: `alter table tasks add column parent uuid,
        add foreign key (organization_id, parent) references projects (organization_id, id) not valid`,
      object: "public.tasks",
    },
    {
      title: "a check, which partitions inherit",
      break: "alter table events add check (happened_at > '2000-01-01') not valid",
      object: "public.events",
    },
    {
      title: "odd names",
      break: `create schema "Odd one"; create table "Odd one"."My notes" (organization_id uuid not null, body text);
        alter table "Odd one"."My notes" add constraint "It's checked" check (body <> '') not valid`,
      object: `"Odd one"."My notes"`,
    },
  ],
};
