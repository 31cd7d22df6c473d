import type { CheckCase } from "../check-case.ts";

export const rh0104: CheckCase = {
  nearMiss: "create role rh0104_standby replication; alter role {{app}} connection limit 50",
  holes: [
    { title: "creates roles", break: "alter role {{app}} createrole", object: "{{app}}" },
    { title: "replicates", break: "alter role {{app}} replication", object: "{{app}}" },
    { title: "creates databases", break: "alter role {{app}} createdb", object: "{{app}}", level: "warn" },
    {
      title: "can become a role that replicates",
      break: `create role "rh0104 Stream" replication; grant "rh0104 Stream" to {{app}}`,
      object: "{{app}}",
    },
  ],
};
