import type { CheckCase } from "../check-case.ts";

export const rh0101: CheckCase = {
  since: 16,
  // The first reads every table, and is bound by row security all the same; the second cannot be taken.
  nearMiss: `
    grant pg_read_all_data to {{app}};
    create role rh0101_distant superuser; grant rh0101_distant to {{app}} with set false, inherit false`,
  holes: [
    { title: "is a superuser", break: "alter role {{app}} superuser", object: "{{app}}" },
    {
      title: "is a member of a superuser's role",
      break: "create role rh0101_admin superuser; grant rh0101_admin to {{app}}",
      object: "{{app}}",
    },
    {
      title: "is a member of a member of a superuser's role",
      break: `create role rh0101_admin superuser; create role "rh0101 Team"; grant rh0101_admin to "rh0101 Team";
        grant "rh0101 Team" to {{app}}`,
      object: "{{app}}",
    },
  ],
};
