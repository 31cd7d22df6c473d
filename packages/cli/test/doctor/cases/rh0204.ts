import type { CheckCase } from "../check-case.ts";

export const rh0204: CheckCase = {
  prepare: `
    create table comments (id uuid primary key, organization uuid, task uuid,
      foreign key (organization, task) references tasks (organization_id, id))`,
  // Protected, out of reach, or only pointing: a user and the last project that he saw.
  nearMiss: `
    create table drafts (organization uuid not null, task uuid not null,
      foreign key (organization, task) references tasks (organization_id, id));
    alter table drafts enable row level security;
    create policy own_tasks on drafts using (exists (select from tasks where tasks.id = drafts.task));
    grant select on drafts to {{app}};
    create schema closed;
    create table closed.remarks (like comments, foreign key (organization, task) references tasks (organization_id, id));
    grant select on closed.remarks to {{app}};
    create table views_seen (organization uuid, task uuid,
      foreign key (organization, task) references tasks (organization_id, id) on delete set null);
    grant select on views_seen to {{app}};
    alter table users add last_organization uuid, add last_project uuid,
      add foreign key (last_organization, last_project) references projects (organization_id, id);
    create table sessions (user_id uuid not null references users);
    grant select on users, sessions to {{app}}`,
  holes: [
    {
      title: "a child may be read",
      break: "grant select on comments to {{app}}",
      object: "public.comments",
      mend: "revoke all on comments from {{app}}",
    },
    {
      title: "one column of a child may be written",
      break: "grant update (task) on comments to public",
      object: "public.comments",
      mend: "alter table comments enable row level security",
    },
    {
      title: "a grandchild may be read, and its parent may not",
      break: `create schema "Odd one"; grant usage on schema "Odd one" to {{app}};
        create table "Odd one"."Reactions" ("comment id" uuid references comments);
        grant select on "Odd one"."Reactions" to {{app}}`,
      object: `"Odd one"."Reactions"`,
      mend: `drop table "Odd one"."Reactions"`,
    },
    {
      title: "a child of a partitioned table, partitioned itself",
      break: `create table marks (organization uuid, at timestamptz, event uuid,
          foreign key (organization, at, event) references events (organization_id, happened_at, id)) partition by range (at);
        create table marks_2026 partition of marks for values from ('2026-01-01') to ('2027-01-01');
        grant select on marks to {{app}}`,
      object: "public.marks",
      mend: "alter table marks enable row level security",
    },
  ],
};
