import type { CheckCase } from "../check-case.ts";

export const rh0209: CheckCase = {
  prepare: `
    create role rh0209_reports;
    create foreign data wrapper nowhere; create server elsewhere foreign data wrapper nowhere;
    create server "Next door" foreign data wrapper nowhere; grant usage on foreign server "Next door" to {{app}};
    create foreign table rates (currency text) server elsewhere`,
  // Nothing of the server is in reach, and the mapping is somebody else's.
  nearMiss: `
    create user mapping for public server elsewhere;
    create user mapping for rh0209_reports server elsewhere;
    create user mapping for rh0209_reports server "Next door"`,
  holes: [
    {
      title: "one for the serving role, which may use the server",
      break: `create user mapping for {{app}} server "Next door"`,
      object: `"Next door"`,
    },
    {
      title: "one for everybody, of a server with a foreign table",
      break: "grant select on rates to {{app}}",
      object: "elsewhere",
      mend: "drop user mapping for public server elsewhere",
    },
    {
      title: "one for a role that the serving role can become",
      break: "grant rh0209_reports to {{app}}",
      object: `"Next door"`,
      mend: "revoke rh0209_reports from {{app}}",
    },
  ],
};
