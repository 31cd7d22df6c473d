import type pg from "pg";
import { phases, type PhaseName } from "../plan.ts";
import { planSteps } from "../phases/plan-steps.ts";
import { findConversion, hasLedger } from "./ledger.ts";

/** How far a phase is. */
export interface PhaseStatus {
  readonly phase: PhaseName;
  readonly steps: number;
  readonly done: number;
  /** What runs now, or stopped in the middle. */
  readonly current: string | null;
  readonly rows: number;
}

export interface ConversionStatus {
  readonly phases: readonly PhaseStatus[];
  /** The server's process that works on it now. */
  readonly runner: { readonly pid: number; readonly waitsFor: string | null } | null;
  /** Who holds what the runner waits for. */
  readonly blockers: readonly { readonly pid: number; readonly seconds: number; readonly query: string }[];
  readonly rowsPerSecond: number | null;
  /** The last lines of the log, the newest first. */
  readonly log: readonly {
    readonly at: string;
    readonly kind: string;
    readonly step: string | null;
    readonly detail: string;
  }[];
}

/** Undefined where no conversion was begun in this database. */
export async function readStatus(client: pg.ClientBase): Promise<ConversionStatus | undefined> {
  if (!(await hasLedger(client))) return undefined;
  const conversion = await findConversion(client);
  if (conversion === undefined) return undefined;
  const steps = planSteps(conversion.plan, conversion.schema);
  const lines = await client.query<{ id: string; phase: string; state: string; rows: string }>(
    `select s.id, s.phase, s.state, coalesce((select sum(p.rows_done) from rowhouse_convert.progress p where p.step = s.id), 0) as rows
     from rowhouse_convert.steps s order by s.number`,
  );
  const runner = await client.query<{ pid: number; waitsFor: string | null; blockers: number[] }>(
    `select pid, case when wait_event_type = 'Lock' then wait_event end as "waitsFor", pg_blocking_pids(pid) as blockers
     from pg_stat_activity where application_name = 'rowhouse convert' and datname = current_database() and pid <> pg_backend_pid()
     order by backend_start limit 1`,
  );
  const blockers = await client.query<ConversionStatus["blockers"][number]>(
    `select pid, coalesce(extract(epoch from clock_timestamp() - xact_start), 0)::integer as seconds, left(query, 200) as query
     from pg_stat_activity where pid = any ($1)`,
    [runner.rows[0]?.blockers ?? []],
  );
  const log = await client.query<ConversionStatus["log"][number]>(
    "select at::text, kind, step, left(detail, 300) as detail from rowhouse_convert.log order by number desc limit 10",
  );
  const rate = await client.query<{ rate: number | null }>(
    `select (sum(p.rows_done) / nullif(extract(epoch from clock_timestamp() - min(s.started_at)), 0))::float8 as rate
     from rowhouse_convert.steps s join rowhouse_convert.progress p on p.step = s.id where s.state = 'running'`,
  );
  const [first] = runner.rows;
  return {
    phases: phases.map((phase) => {
      const own = lines.rows.filter((line) => line.phase === phase);
      return {
        phase,
        steps: steps.filter((step) => step.phase === phase).length,
        done: own.filter(({ state }) => state === "done").length,
        current: own.find(({ state }) => state === "running")?.id ?? null,
        rows: own.reduce((sum, { rows }) => sum + Number(rows), 0),
      };
    }),
    runner: first === undefined ? null : { pid: first.pid, waitsFor: first.waitsFor },
    blockers: blockers.rows,
    rowsPerSecond: rate.rows[0]?.rate ?? null,
    log: log.rows,
  };
}
