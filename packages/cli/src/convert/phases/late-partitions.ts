import { phases, type PhaseName, type Plan } from "../plan.ts";
import { fillJobs, guestJobs } from "./backfill.ts";
import { ownedTables } from "./derivation-sql.ts";
import { leavesOf, type Schema, type SchemaTable } from "./schema.ts";
import type { Step } from "./step.ts";
import { takesGuests } from "./triggers.ts";

/** The schema as a phase is planned from it: a partition that came when it had begun is none of its, nor is one that had gone before. */
export function schemaAt(schema: Schema, phase: PhaseName): Schema {
  const at = phases.indexOf(phase);
  const isSeen = ({ foundIn, goneIn }: SchemaTable): boolean =>
    (foundIn === undefined || phases.indexOf(foundIn) < at) && (goneIn === undefined || phases.indexOf(goneIn) >= at);
  return { ...schema, tables: schema.tables.filter(isSeen) };
}

/** Rows that came with a partition which was attached after the backfill had begun. Indexes and keys come to it from the whole. */
export function planLateBackfill(plan: Plan, schema: Schema): Step[] {
  const begun = phases.indexOf("backfill");
  const there = { ...schema, tables: schema.tables.filter(({ goneIn }) => goneIn === undefined) };
  return ownedTables(plan).flatMap((table) =>
    leavesOf(there, table.table)
      .filter(({ foundIn }) => foundIn !== undefined && phases.indexOf(foundIn) >= begun)
      .map((leaf): Step => {
        const at = { schema: there, table: { ...table, table: leaf.sql } };
        const guests = takesGuests(table) && table.unowned !== null ? guestJobs(plan, at) : [];
        return {
          id: `backfill:late:${leaf.sql}`,
          phase: "backfill",
          do: [],
          batches: { jobs: [...fillJobs(plan, at), ...guests], repeat: false },
          undo: [],
          lock: null,
          on: [leaf.sql],
          estimate: `${leaf.rows.toLocaleString("en-US")} rows of a new partition`,
        };
      }),
  );
}
