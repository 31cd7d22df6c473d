import { name } from "./names.ts";
import type { BatchJob } from "./step.ts";

/**
 * One batch: the rows `t` within a range, and what is done to them. Rows that are found again by their place are locked, since a row that
 * somebody changes meanwhile has another one.
 */
export function batchSql(job: BatchJob, range: string): string {
  const isKeyed = job.key.length > 0;
  const own = [...new Set([...job.key.map((one) => one.name), ...job.columns])].map((column) => `t.${name(column)}`);
  const columns = isKeyed ? own : ["t.ctid as place", ...own];
  const lock = isKeyed || job.readsOnly === true ? "" : " for no key update of t";
  return `with batch as materialized (
      select ${columns.join(", ")} from ${job.table} t where ${range} and ${job.where}${lock}),
    changed as materialized (${job.change})
    select count(*)::integer as changed from changed`;
}
