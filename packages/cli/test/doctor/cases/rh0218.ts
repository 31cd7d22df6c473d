import type { CheckCase } from "../check-case.ts";

export const rh0218: CheckCase = {
  // The administrator's own, which a tenant's query cannot open.
  nearMiss: "select lo_from_bytea(4101, 'ours')",
  holes: [
    {
      title: "one that the serving role made",
      break: "set role {{app}}; select lo_from_bytea(4102, 'a tenant''s'); reset role",
      object: "pg_catalog.pg_largeobject",
      mend: "select lo_unlink(4102)",
    },
    {
      title: "one that everybody may read",
      break: "grant select on large object 4101 to public",
      object: "pg_catalog.pg_largeobject",
      mend: "revoke select on large object 4101 from public",
    },
  ],
};
