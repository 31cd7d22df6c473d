import type { CheckCase } from "../check-case.ts";

export const rh0219: CheckCase = {
  nearMiss: "revoke all on organizations from {{app}}; alter table organizations disable row level security",
  holes: [
    {
      title: "its policy does nothing",
      break: "grant select on organizations to {{app}}",
      object: "public.organizations",
    },
    {
      title: "one column, to everybody, without a policy",
      break: "drop policy tenant_isolation on organizations; grant select (name) on organizations to public",
      object: "public.organizations",
    },
    {
      title: "it may be written too",
      break: "drop policy tenant_isolation on organizations; grant select, update on organizations to {{app}}",
      object: "public.organizations",
      level: "error",
    },
    {
      title: "without a key of one column nobody can say how to protect it",
      break: `drop policy tenant_isolation on organizations; grant select on organizations to {{app}};
        alter table organizations drop constraint organizations_pkey cascade`,
      object: "public.organizations",
      mend: "revoke select on organizations from {{app}}",
    },
  ],
};
