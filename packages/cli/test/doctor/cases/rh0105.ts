import type { CheckCase } from "../check-case.ts";

export const rh0105: CheckCase = {
  nearMiss:
    "grant pg_read_all_data, pg_write_all_data to {{app}}; create role rh0105_watch; grant pg_monitor to rh0105_watch",
  holes: [
    { title: "reads the server's files", break: "grant pg_read_server_files to {{app}}", object: "{{app}}" },
    { title: "starts programs there", break: "grant pg_execute_server_program to {{app}}", object: "{{app}}" },
    { title: "sees the SQL of all sessions", break: "grant pg_read_all_stats to {{app}}", object: "{{app}}" },
    {
      title: "monitors by way of another role",
      break: `create role "rh0105 Ops"; grant pg_monitor to "rh0105 Ops"; grant "rh0105 Ops" to {{app}}`,
      object: "{{app}}",
    },
    { title: "stops sessions", break: "grant pg_signal_backend to {{app}}", object: "{{app}}", level: "warn" },
    {
      title: "owns the database",
      break: "do $$ begin execute format('alter database %I owner to {{app}}', current_database()); end $$",
      object: "{{app}}",
      level: "warn",
      mend: "do $$ begin execute format('alter database %I owner to {{owner}}', current_database()); end $$",
    },
  ],
};
