import type { CheckCase } from "../check-case.ts";

export const rh0103: CheckCase = {
  // Owns something, but nothing of the tenants; and another role has the owner's rights.
  nearMiss: `
    create table scratch (id uuid primary key); alter table scratch owner to {{app}};
    create role rh0103_migrator; grant {{owner}} to rh0103_migrator`,
  holes: [
    {
      title: "owns a table that is not forced",
      break: "alter table tasks no force row level security; alter table tasks owner to {{app}}",
      object: "{{app}}",
      mend: "alter table tasks owner to {{owner}}",
    },
    {
      title: "owns a table that is forced",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" (organization_id uuid);
        alter table "Odd one"."New tasks" enable row level security, force row level security;
        alter table "Odd one"."New tasks" owner to {{app}}`,
      object: "{{app}}",
      level: "warn",
      mend: `alter table "Odd one"."New tasks" owner to {{owner}}`,
    },
    {
      title: "inherits from the owner of a table that is not forced",
      since: 16,
      break: "alter table events no force row level security; grant {{owner}} to {{app}} with set false",
      object: "{{app}}",
    },
    {
      title: "can become the owner of tables that are forced",
      since: 16,
      break: "grant {{owner}} to {{app}} with inherit false",
      object: "{{app}}",
      level: "warn",
    },
    {
      title: "can become a role that has the owner's rights",
      since: 16,
      break: "grant rh0103_migrator to {{app}} with inherit false",
      object: "{{app}}",
      level: "warn",
    },
    {
      title: "owns the tenants' own table",
      break: "alter table organizations no force row level security; alter table organizations owner to {{app}}",
      object: "{{app}}",
      mend: "alter table organizations owner to {{owner}}",
    },
  ],
};
