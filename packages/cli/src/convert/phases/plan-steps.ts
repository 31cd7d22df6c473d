import { phases, type PhaseName, type Plan, type PlannedPhase } from "../plan.ts";
import { planBackfill } from "./backfill.ts";
import { batchSql } from "./batch-sql.ts";
import { planConstrain } from "./constrain.ts";
import { planContract } from "./contract.ts";
import { withoutDeferrableKeys } from "./deferrable-keys.ts";
import { planExpand } from "./expand.ts";
import { planIndexes } from "./indexes.ts";
import { planHardIsolation, planSoftIsolation } from "./isolation.ts";
import { planLateBackfill, schemaAt } from "./late-partitions.ts";
import { planOrganizations } from "./organizations.ts";
import { planRights } from "./rights.ts";
import type { Schema } from "./schema.ts";
import type { BatchJob, Step } from "./step.ts";
import { planTriggers } from "./triggers.ts";

const planners: Readonly<Record<PhaseName, (plan: Plan, schema: Schema) => Step[]>> = {
  expand: planExpand,
  organizations: planOrganizations,
  triggers: planTriggers,
  backfill: planBackfill,
  index: (plan, schema) => planIndexes(withoutDeferrableKeys(plan, schema), schema),
  constrain: planConstrain,
  "soft-isolation": planSoftIsolation,
  validate: () => [
    {
      id: "validate:all",
      phase: "validate",
      act: "validate",
      do: [],
      undo: [],
      lock: null,
      on: [],
      estimate: "reads every converted table",
    },
  ],
  "hard-isolation": (plan, schema) => [...planRights(plan, schema), ...planHardIsolation(plan, schema)],
  contract: planContract,
};

/** All that a conversion does, in the order in which it does it. Pure: the same plan and schema give the same steps. */
export function planSteps(plan: Plan, schema: Schema): Step[] {
  return phases.flatMap((phase) => [
    ...planners[phase](plan, schemaAt(schema, phase)),
    ...(phase === "backfill" ? planLateBackfill(plan, schema) : []),
  ]);
}

/** The same for people to read. */
export function planPhases(plan: Plan, schema: Schema): PlannedPhase[] {
  const steps = planSteps(plan, schema);
  return phases.map((phase) => ({
    name: phase,
    statements: steps
      .filter((step) => step.phase === phase)
      .flatMap((step) => {
        const { estimate } = step;
        const on = step.on.join(", ");
        const lock = step.lock === null ? null : `${step.lock} on ${on}`;
        const own = step.do.flatMap(({ statements }) => statements).map((sql) => ({ sql, lock, estimate }));
        const changed = (step.batches?.jobs ?? []).map((job) => ({
          sql: wholeSql(job),
          lock: `${job.readsOnly === true ? "AccessShareLock" : "RowExclusiveLock"} on ${job.table}`,
          estimate,
        }));
        const act = step.act === undefined ? [] : [{ sql: `-- ${acts[step.act]}`, lock: null, estimate }];
        return [...act, ...own, ...changed];
      }),
  }));
}

/** All rows at once, as whoever tries it by hand may; `run` goes from range to range. */
function wholeSql(job: BatchJob): string {
  const by = job.key.length === 0 ? "pages" : `ranges of (${job.key.map((one) => one.name).join(", ")})`;
  return `-- run does this in batches, by ${by}, each of them a transaction\n${batchSql(job, "true")}`;
}

const acts = {
  install:
    "run makes the control plane of Rowhouse itself: roles, schema rowhouse with its migrations, the queue of jobs, schema rowhouse_convert",
  canary: "the canary and the record of policies, which the boot guard asks",
  validate: "rowhouse convert validate",
};
