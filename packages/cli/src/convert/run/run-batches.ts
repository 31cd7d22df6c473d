import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { RowhouseError } from "rowhouse";
import { list, name } from "../phases/names.ts";
import type { BatchJob, Step } from "../phases/step.ts";
import { log } from "./ledger.ts";
import { Pace } from "./pace.ts";
import { isPassing } from "./with-lock-retries.ts";

export interface BatchRun {
  readonly throttle: boolean;
  readonly patience: number;
  /** Told after each batch: rows of this step so far, and a second's rate. */
  readonly onBatch: (rows: number, rate: number) => void;
}

interface Place {
  readonly round: number;
  readonly last: readonly string[] | null;
  readonly done: boolean;
}

/** Goes through the jobs of a step, from where the ledger says it was. Every batch and its place are one transaction. */
export async function runBatches(client: pg.Client, step: Step, run: BatchRun): Promise<number> {
  const { jobs, repeat } = step.batches ?? { jobs: [], repeat: false };
  let rows = await rowsSoFar(client, step.id);
  const began = { at: Date.now(), rows };
  for (let round = 0; ; round += 1) {
    let changed = 0;
    for (const [index, job] of jobs.entries()) {
      changed += await inRole(client, { step, job }, () =>
        runJob(
          client,
          { step, job, index, round },
          {
            ...run,
            onBatch: (more) => {
              rows += more;
              run.onBatch(rows, ((rows - began.rows) * 1000) / Math.max(1, Date.now() - began.at));
            },
          },
        ),
      );
    }
    if (!repeat || changed === 0) return rows;
  }
}

async function rowsSoFar(client: pg.Client, step: string): Promise<number> {
  const { rows } = await client.query<{ sum: string }>(
    "select coalesce(sum(rows_done), 0) as sum from rowhouse_convert.progress where step = $1",
    [step],
  );
  return Number(rows[0]?.sum ?? 0);
}

interface JobRun {
  readonly step: Step;
  readonly job: BatchJob;
  readonly index: number;
  readonly round: number;
}

/** @returns rows changed in this round, also by an earlier run */
async function runJob(client: pg.Client, at: JobRun, run: BatchRun): Promise<number> {
  const { job } = at;
  let place = await readPlace(client, at);
  let changed = place.changed;
  if (place.done) return changed;
  const pace = new Pace(client, run.throttle);
  const pages = job.key.length === 0 ? await pagesOf(client, job.table) : 0;
  const vacuumEvery = Math.max(100_000, (await estimateOf(client, job.table)) / 10);
  let sinceVacuum = 0;
  while (!place.done) {
    const began = performance.now();
    const batch = await withRetries(client, { at, run }, () => runBatch(client, at, { place, size: pace.size, pages }));
    changed += batch.changed;
    sinceVacuum += batch.changed;
    place = { ...batch.place, changed };
    run.onBatch(batch.changed, 0);
    if (sinceVacuum >= vacuumEvery && job.readsOnly !== true) {
      await client.query(`vacuum (truncate false) ${job.table}`);
      sinceVacuum = 0;
    }
    await pace.after(performance.now() - began, batch.seen);
  }
  if (changed > 1000) await client.query(`analyze ${job.table}`);
  return changed;
}

async function withRetries<Result>(
  client: pg.Client,
  { at, run }: { at: JobRun; run: BatchRun },
  work: () => Promise<Result>,
): Promise<Result> {
  const until = Date.now() + run.patience;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      if (!isPassing(error)) throw error;
      if (Date.now() > until)
        throw new RowhouseError(
          "CONVERSION_BLOCKED",
          `Rows of ${at.job.table} stay locked: ${error.message}. End the transaction that holds them and run again.`,
          { cause: error, sqlstate: error.code },
        );
      if (attempt % 10 === 1) await log(client, { kind: "retry", step: at.step.id, detail: error.message });
      await sleep(20 * Math.min(attempt, 50) * (0.5 + Math.random()));
    }
  }
}

/** Waits for a row shorter than others would notice: the rows of the batch that it has already are theirs as well. */
async function runBatch(
  client: pg.Client,
  at: JobRun,
  { place, size, pages }: { place: Place; size: number; pages: number },
): Promise<{ seen: number; changed: number; place: Place }> {
  const { job } = at;
  const isKeyed = job.key.length > 0;
  const from = Number(place.last?.[0] ?? 0);
  const to = from + Math.max(1, Math.floor(size / 50));
  await client.query("begin; set local lock_timeout = 150");
  const { rows } = await client.query<{ seen: number; changed: number; last: string[] | null }>(
    isKeyed ? keyedSql(job, { place, size }) : pagedSql(job, { from, to }),
    isKeyed ? [...(place.last ?? [])] : [],
  );
  const [result] = rows;
  if (result === undefined) throw new TypeError("A query without FROM gives one row.");
  const last = isKeyed ? (result.last ?? place.last) : [String(to)];
  const done = isKeyed ? result.seen < size : to >= pages;
  const next = { round: at.round, last, done };
  await client.query(
    `update rowhouse_convert.progress set last = $3, rows_done = rows_done + $4, round_rows = round_rows + $4, done = $5
     where step = $1 and job = $2`,
    [at.step.id, at.index, JSON.stringify(last), result.changed, done],
  );
  await client.query("commit");
  return { seen: result.seen, changed: result.changed, place: next };
}

function keyedSql(job: BatchJob, { place, size }: { place: Place; size: number }): string {
  const names = job.key.map((one) => one.name);
  const columns = [...new Set([...names, ...job.columns])];
  const after =
    place.last === null
      ? ""
      : ` and (${list(names, "t")}) > (${job.key.map(({ type }, at) => `$${at + 1}::text::${type}`).join(", ")})`;
  const order = list(names, "t");
  const last = names.map((one) => `b.${name(one)}::text`).join(", ");
  const down = names.map((one) => `b.${name(one)} desc`).join(", ");
  return `with batch as materialized (
      select ${list(columns, "t")} from ${job.table} t where ${job.where}${after} order by ${order} limit ${size}${lockOf(job)}),
    changed as materialized (${job.change})
    select (select count(*)::integer from batch) as seen, (select count(*)::integer from changed) as changed,
      (select json_build_array(${last}) from batch b order by ${down} limit 1) as last`;
}

function pagedSql(job: BatchJob, { from, to }: { from: number; to: number }): string {
  const columns = ["t.ctid as place", ...job.columns.map((column) => `t.${name(column)}`)];
  return `with batch as materialized (
      select ${columns.join(", ")} from ${job.table} t
      where t.ctid >= '(${from},0)'::tid and t.ctid < '(${to},0)'::tid and ${job.where}${lockOf(job)}),
    changed as materialized (${job.change})
    select (select count(*)::integer from batch) as seen, (select count(*)::integer from changed) as changed, null as last`;
}

function lockOf({ readsOnly }: BatchJob): string {
  return readsOnly === true ? "" : " for no key update of t";
}

async function readPlace(client: pg.Client, { step, index, round }: JobRun): Promise<Place & { changed: number }> {
  const { rows } = await client.query<Place & { changed: string }>(
    `insert into rowhouse_convert.progress as p (step, job, round) values ($1, $2, $3)
     on conflict (step, job) do update set round = greatest(p.round, excluded.round),
       last = case when p.round < excluded.round then null else p.last end,
       round_rows = case when p.round < excluded.round then 0 else p.round_rows end,
       done = p.round >= excluded.round and p.done
     returning round, last, done, round_rows as changed`,
    [step.id, index, round],
  );
  const [place] = rows;
  if (place === undefined) throw new TypeError("An upsert gives one row.");
  return { ...place, changed: Number(place.changed) };
}

async function pagesOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ pages: string }>(
    "select pg_relation_size($1::regclass) / current_setting('block_size')::bigint as pages",
    [table],
  );
  return Number(rows[0]?.pages ?? 0);
}

async function estimateOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(
    "select reltuples as rows from pg_class where oid = $1::regclass",
    [table],
  );
  return rows[0]?.rows ?? 0;
}

/** The application's triggers would stamp `updated_at` and send notifications for rows that nobody changed. */
async function inRole<Result>(
  client: pg.Client,
  { step, job }: { step: Step; job: BatchJob },
  work: () => Promise<Result>,
): Promise<Result> {
  if (job.withTriggers === true || job.readsOnly === true) return work();
  try {
    await client.query("set session_replication_role = replica");
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "42501") throw error;
    const detail = `This role may not set session_replication_role, so the triggers of ${job.table} run for each row that is filled.`;
    await log(client, { kind: "warning", step: step.id, detail });
    return work();
  }
  try {
    return await work();
  } finally {
    // On a connection that is gone there is nothing to put back.
    await client.query("set session_replication_role = origin").catch(() => undefined);
  }
}
