import type { CheckCase } from "../check-case.ts";

export const rh0217: CheckCase = {
  // Another one that is off, or looks at something else.
  nearMiss: `
    create event trigger watch_drops on sql_drop execute function refuse_unprotected_tables();
    create event trigger watch_views on ddl_command_end when tag in ('CREATE VIEW') execute function refuse_unprotected_tables()`,
  holes: [
    {
      title: "there is none",
      break: "drop event trigger refuse_unprotected_tables",
      object: "pg_catalog.pg_event_trigger",
      mend: "create event trigger guard on ddl_command_end execute function refuse_unprotected_tables()",
    },
    {
      title: "it is switched off",
      break: "alter event trigger refuse_unprotected_tables disable",
      object: "pg_catalog.pg_event_trigger",
      mend: "alter event trigger refuse_unprotected_tables enable always",
    },
    {
      title: "it does not see copies",
      break: `drop event trigger refuse_unprotected_tables;
        create event trigger guard on ddl_command_end when tag in ('CREATE TABLE') execute function refuse_unprotected_tables()`,
      object: "pg_catalog.pg_event_trigger",
      mend: `create event trigger guard_copies on ddl_command_end
        when tag in ('CREATE TABLE AS', 'SELECT INTO') execute function refuse_unprotected_tables()`,
    },
    {
      title: "it looks before and not after",
      break: `drop event trigger refuse_unprotected_tables;
        create event trigger guard on ddl_command_start execute function refuse_unprotected_tables()`,
      object: "pg_catalog.pg_event_trigger",
      mend: "create event trigger guard_after on ddl_command_end execute function refuse_unprotected_tables()",
    },
  ],
};
