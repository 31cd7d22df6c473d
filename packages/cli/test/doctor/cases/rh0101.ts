import type { CheckCase } from "../check-case.ts";

export const rh0101: CheckCase = {
  // Reads every table, and is bound by row security all the same.
  nearMiss: "grant pg_read_all_data to {{app}}",
  holes: [
    { title: "is a superuser", break: "alter role {{app}} superuser", object: "{{app}}" },
    {
      title: "is a member of a superuser's role",
      break: "create role rh0101_admin superuser; grant rh0101_admin to {{app}}",
      object: "{{app}}",
    },
  ],
  cleanUp: "alter role {{app}} nosuperuser; revoke pg_read_all_data from {{app}}; drop role if exists rh0101_admin",
};
