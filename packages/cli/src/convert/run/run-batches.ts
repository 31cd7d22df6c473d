import pg from "pg";
import { batchSql } from "../phases/batch-sql.ts";
import { list, name } from "../phases/names.ts";
import type { BatchJob, Step } from "../phases/step.ts";
import type { Wait } from "./find-holder.ts";
import { log } from "./ledger.ts";
import { Pace } from "./pace.ts";
import { withRowRetries } from "./with-row-retries.ts";

export interface BatchRun {
  readonly throttle: boolean;
  readonly patience: number;
  /** Told after each batch: rows of this step so far, and a second's rate. */
  readonly onBatch: (rows: number, rate: number) => void;
  readonly onWait: (wait: Wait) => void;
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
  const pace = new Pace(client, run);
  const pages = job.key.length === 0 ? await pagesOf(client, job.table) : 0;
  const vacuumEvery = Math.max(10_000, (await estimateOf(client, job.table)) / 20);
  let sinceVacuum = 0;
  while (!place.done) {
    const began = performance.now();
    const batch = await withRowRetries(client, { ...run, step: at.step.id, table: job.table }, () =>
      runBatch(client, at, { place, size: pace.size, pages }),
    );
    changed += batch.changed;
    sinceVacuum += batch.changed;
    place = { ...batch.place, changed };
    run.onBatch(batch.changed, 0);
    if (sinceVacuum >= vacuumEvery && job.readsOnly !== true) {
      // Somebody who builds an index there would hold it up, and the next time is soon.
      await client.query(`vacuum (truncate false, parallel 0, skip_locked) ${job.table}`);
      sinceVacuum = 0;
    }
    await pace.after(performance.now() - began);
  }
  if (changed > 1000) await client.query(`analyze (skip_locked) ${job.table}`);
  return changed;
}

/**
 * Waits for a row shorter than others would notice: the rows of the batch that it has already are theirs as well. What a server that
 * dies forgets of it, it forgets together with its place, so that nobody waits for the disk.
 */
async function runBatch(
  client: pg.Client,
  at: JobRun,
  { place, size, pages }: { place: Place; size: number; pages: number },
): Promise<{ changed: number; place: Place }> {
  const { job } = at;
  const range = job.key.length > 0 ? await nextKeys(client, job, { place, size }) : nextPages({ place, size, pages });
  await client.query("begin; set local lock_timeout = 60; set local synchronous_commit = off");
  const { rows } = await client.query<{ changed: number }>(batchSql(job, range.condition), [...range.values]);
  const changed = rows[0]?.changed ?? 0;
  const next = { round: at.round, last: range.last, done: range.isLast };
  await client.query(
    `update rowhouse_convert.progress set last = $3, rows_done = rows_done + $4, round_rows = round_rows + $4, done = $5
     where step = $1 and job = $2`,
    [at.step.id, at.index, JSON.stringify(next.last), changed, next.done],
  );
  await client.query("commit");
  return { changed, place: next };
}

/** Rows from after the last place to the next. */
interface Range {
  /** On the row `t`. */
  readonly condition: string;
  readonly values: readonly string[];
  readonly last: readonly string[] | null;
  readonly isLast: boolean;
}

/** Both ends are known before the rows are looked at: a limit leaves it to the planner, which may sort the whole table for each batch. */
async function nextKeys(
  client: pg.Client,
  { table, key }: BatchJob,
  { place, size }: { place: Place; size: number },
): Promise<Range> {
  const columns = list(
    key.map((one) => one.name),
    "t",
  );
  const from = place.last ?? [];
  const bound = (first: number): string => key.map(({ type }, at) => `$${first + at}::text::${type}`).join(", ");
  const after = from.length === 0 ? "true" : `(${columns}) > (${bound(1)})`;
  const end = key.map(({ name: column }) => `t.${name(column)}::text`).join(", ");
  const { rows } = await client.query<{ last: string[] }>(
    `select json_build_array(${end}) as last from ${table} t where ${after} order by ${columns} limit 1 offset ${size - 1}`,
    [...from],
  );
  const to = rows[0]?.last;
  if (to === undefined) return { condition: after, values: from, last: place.last, isLast: true };
  const condition = `${after} and (${columns}) <= (${bound(from.length + 1)})`;
  return { condition, values: [...from, ...to], last: to, isLast: false };
}

function nextPages({ place, size, pages }: { place: Place; size: number; pages: number }): Range {
  const from = Number(place.last?.[0] ?? 0);
  const to = from + Math.max(1, Math.floor(size / 50));
  const condition = `t.ctid >= '(${from},0)'::tid and t.ctid < '(${to},0)'::tid`;
  return { condition, values: [], last: [String(to)], isLast: to >= pages };
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
