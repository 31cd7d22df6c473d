import type { CheckCase } from "../check-case.ts";

export const rh0102: CheckCase = {
  since: 16,
  nearMiss: `
    create role rh0102_backup bypassrls;
    create role rh0102_distant bypassrls; grant rh0102_distant to {{app}} with set false`,
  holes: [
    { title: "has it itself", break: "alter role {{app}} bypassrls", object: "{{app}}" },
    {
      title: "is a member of a role that has it",
      break: `create role "rh0102 Support" bypassrls; grant "rh0102 Support" to {{app}} with inherit false`,
      object: "{{app}}",
    },
    {
      title: "gets there over a role between",
      break: `create role "rh0102 Support" bypassrls; create role rh0102_between; grant "rh0102 Support" to rh0102_between;
        grant rh0102_between to {{app}}`,
      object: "{{app}}",
    },
    {
      title: "may grant itself such a role",
      break: `create role "rh0102 Support" bypassrls; grant "rh0102 Support" to {{app}} with admin true, set false`,
      object: "{{app}}",
    },
  ],
};
