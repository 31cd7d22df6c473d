import type { Attack, Place } from "../attack.ts";
import { onTables } from "../on-tables.ts";

export const statistics: Attack = {
  name: "statistics",
  title: "Statistics",
  explains:
    "A reads the planner's statistics (pg_stats, pg_stats_ext) after an ANALYZE. A crossing is a value of B in them.",
  level: "error",
  family: "read",
  plan: onTables(async (place, relation) => {
    await place.look(`analyze ${relation.sql}`);
    const { rows } = await place.ask(shown, [relation.schema, relation.name]);
    const columns = rows.filter(({ name, values }) => tells(place, String(name), values));
    if (columns.length === 0) return null;
    return `Statistics show values of ${place.target.name}: ${columns.map(({ name }) => String(name)).join(", ")}.`;
  }),
};

const shown = `
  select s.attname::text as name,
    coalesce(s.most_common_vals::text::text[], '{}') || coalesce(s.histogram_bounds::text::text[], '{}') as values
  from pg_catalog.pg_stats as s where s.schemaname = $1 and s.tablename = $2
  union all
  select e.name::text, (select coalesce(pg_catalog.array_agg(v), '{}') from pg_catalog.unnest(x.most_common_vals) as v)
  from pg_catalog.pg_stats_ext as x cross join pg_catalog.unnest(x.attnames::text[]) as e (name)
  where x.schemaname = $1 and x.tablename = $2`;

/** Whether a value is there that only the target's row has. */
function tells({ row, target, world }: Place, column: string, shownValues: unknown): boolean {
  const value = row(target).values[column];
  const other = row(target === world.a ? world.b : world.a).values[column];
  return (
    value !== null &&
    value !== undefined &&
    value !== other &&
    Array.isArray(shownValues) &&
    shownValues.includes(value)
  );
}
