import { Logger, parseCronItems, run, type Runner, type TaskList } from "graphile-worker";
import pg from "pg";
import { toConnectError } from "../database/database-error.ts";
import { RowhouseError } from "../errors.ts";
import type { JobRun, RunnableJobs } from "./define-jobs.ts";
import { releaseDeadWorkers } from "./release-dead-workers.ts";

/** Work of the system, for no organization: by its name in the queue, as `identity/deliver-mail`. */
export interface SystemTask {
  readonly run: (payload: unknown, run: JobRun) => Promise<void>;
  /** When it is queued by itself, as a line of crontab in UTC: `15 3 * * *`. A run that was missed is made up for within a day. */
  readonly schedule?: string;
}

export interface WorkerSettings {
  /** Connects as the worker role, straight to Postgres: it listens. */
  readonly databaseUrl: string;
  readonly jobs: RunnableJobs;
  readonly systemTasks?: Readonly<Record<string, SystemTask>>;
  /** How many run at a time in this process. Default 4. */
  readonly concurrency?: number;
  /** Told of runs that failed and of connections that broke. Default: a line on standard error. */
  readonly onTrouble?: (line: string) => void;
}

/** A worker that runs. */
export interface Worker extends AsyncDisposable {
  /** Takes no more jobs, waits for those that run, and gives back what does not end in time. */
  stop(): Promise<void>;
}

const day = 24 * 3600 * 1000;
/** Below the time that `npm start` gives its server to end. */
const graceMs = 3_000;

/**
 * Runs the queued jobs in this process until it is stopped.
 *
 * @throws RowhouseError DATABASE_UNREACHABLE; UNSAFE_DATABASE when the queue was not installed by `migrate`
 */
export async function startWorker(settings: WorkerSettings): Promise<Worker> {
  const { databaseUrl, jobs, systemTasks = {}, concurrency = 4 } = settings;
  const onTrouble = settings.onTrouble ?? report;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: concurrency + 2,
    application_name: "rowhouse worker",
    connectionTimeoutMillis: 10_000,
  });
  const onBroken = (error: Error): void =>
    onTrouble(`a connection of the worker broke and is replaced: ${error.message}`);
  pool.on("error", onBroken);
  // Also while somebody has it: unheard, that would end the process.
  pool.on("connect", (client) => client.on("error", onBroken));
  const tasks = [...tenantTasks(jobs), ...Object.entries(systemTasks).map(([name, task]) => [name, task.run] as const)];
  try {
    await assertQueue(pool);
    const runner = await run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      taskList: Object.fromEntries(tasks.map(([name, work]) => [name, toTask(work)])),
      parsedCronItems: parseCronItems(scheduled(systemTasks)),
      logger: loggerTo(onTrouble),
      // Without batches the end of a job is written down unawaited, and a stop would not wait for it.
      preset: {
        worker: { gracefulShutdownAbortTimeout: graceMs, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      },
    });
    return new RunningWorker(runner, pool, onTrouble);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

type Work = (payload: unknown, run: JobRun) => Promise<void>;

function tenantTasks(jobs: RunnableJobs): (readonly [string, Work])[] {
  return jobs.names.map((name) => [`tenant/${name}`, (queued, run) => jobs.run(name, queued, run)] as const);
}

function toTask(work: Work): TaskList[string] {
  return async (payload, { job, abortSignal }) => {
    const signal = abortSignal ?? new AbortController().signal;
    await work(payload, { attempt: job.attempts, isLastAttempt: job.attempts >= job.max_attempts, signal });
  };
}

function scheduled(tasks: Readonly<Record<string, SystemTask>>) {
  return Object.entries(tasks).flatMap(([task, { schedule }]) =>
    schedule === undefined
      ? []
      : [{ task, identifier: task, match: schedule, options: { backfillPeriod: day, maxAttempts: 5 } }],
  );
}

/** Without its schema the runner would try to make it, which the worker role cannot. */
async function assertQueue(pool: pg.Pool): Promise<void> {
  try {
    const { rows } = await pool.query<{ exists: boolean }>(
      "select to_regclass('graphile_worker.migrations') is not null as exists",
    );
    if (rows[0]?.exists === true) return;
  } catch (error) {
    throw toConnectError(error, false);
  }
  throw new RowhouseError("UNSAFE_DATABASE", "The database has no queue of jobs. Run the migration first.");
}

const troubles: ReadonlySet<string> = new Set(["error", "warning"]);

function loggerTo(onTrouble: (line: string) => void): Logger {
  return new Logger(() => (level, message) => {
    if (troubles.has(level)) onTrouble(message.split("\n", 1)[0] ?? "");
  });
}

class RunningWorker implements Worker {
  readonly #runner: Runner;
  readonly #pool: pg.Pool;
  readonly #sweep: NodeJS.Timeout;
  #stopped: Promise<void> | undefined;

  constructor(runner: Runner, pool: pg.Pool, onTrouble: (line: string) => void) {
    this.#runner = runner;
    this.#pool = pool;
    const sweep = (): void => {
      releaseDeadWorkers(pool).catch((error: unknown) =>
        onTrouble(`the sweep of dead workers failed: ${String(error)}`),
      );
    };
    sweep();
    this.#sweep = setInterval(sweep, 60_000).unref();
    // What ends the runner by itself has been told to the log; the promise must not end the process.
    runner.promise.catch((error: unknown) => onTrouble(`the worker ended: ${String(error)}`));
  }

  async stop(): Promise<void> {
    await (this.#stopped ??= this.#end());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #end(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#runner.stop();
    // Only this waits until the ends of jobs are written down. How it failed has been told.
    await this.#runner.promise.catch(() => undefined);
    await this.#pool.end();
  }
}

function report(line: string): void {
  process.stderr.write(`rowhouse: ${line}\n`);
}
