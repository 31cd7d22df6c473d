import type { CheckCase } from "../check-case.ts";

export const rh0605: CheckCase = {
  nearMiss: "select pg_create_physical_replication_slot('rh0605_standby')",
  holes: [
    {
      title: "a reader's slot",
      break: "select pg_create_logical_replication_slot('rh0605_reader', 'pgoutput')",
      object: "rh0605_reader",
      mend: "select pg_drop_replication_slot('rh0605_reader')",
    },
  ],
};
