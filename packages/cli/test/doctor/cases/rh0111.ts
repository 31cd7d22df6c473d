import type { CheckCase } from "../check-case.ts";

/** Swaps a part of a system view's definition, as a database from before the fix has it. */
const rewrite = (view: string, from: string, to: string): string => `
  set allow_system_table_mods = on;
  do $$
  declare before text := pg_get_viewdef('pg_catalog.${view}'::regclass);
  begin
    if position('${from}' in before) = 0 then raise 'The view is not as expected: %', before; end if;
    execute format('create or replace view pg_catalog.%I as %s', '${view}', replace(before, '${from}', '${to}'));
  end
  $$;
  reset allow_system_table_mods`;

const fixed = "pg_has_role(c.relowner, ''USAGE''::text)";
const open = "(c.relowner IS NOT NULL)";

export const rh0111: CheckCase = {
  nearMiss: "create statistics tasks_by_project (mcv) on project_id, done from tasks; drop statistics tasks_by_project",
  holes: [
    {
      title: "columns",
      break: rewrite("pg_stats_ext", fixed, open),
      object: "pg_catalog.pg_stats_ext",
      mend: rewrite("pg_stats_ext", open, fixed),
    },
    {
      title: "expressions",
      break: rewrite("pg_stats_ext_exprs", fixed, open),
      object: "pg_catalog.pg_stats_ext_exprs",
      mend: rewrite("pg_stats_ext_exprs", open, fixed),
    },
    {
      title: "a tenant table has such statistics",
      break: `create statistics tasks_by_project (mcv) on project_id, done from tasks; ${rewrite("pg_stats_ext", fixed, open)}`,
      object: "pg_catalog.pg_stats_ext",
      level: "error",
      mend: rewrite("pg_stats_ext", open, fixed),
    },
  ],
};
