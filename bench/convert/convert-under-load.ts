import { withAdminClient } from "@rowhouse/local-postgres";
import { phases } from "../../packages/cli/src/convert/plan.ts";
import type { FromLoad } from "./load.ts";
import { startLoad } from "./load.ts";
import type { OldDatabase } from "./prepare-old-database.ts";
import { runCommand, startCommand } from "./run-command.ts";

export const clients = 4;
export const perSecond = 400;

export interface Converted {
  readonly load: FromLoad;
  /** Seconds of each phase, the start of its command included. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly steps: readonly StepTime[];
  /** Bytes of the largest table before and after, without and with its indexes. */
  readonly before: TableSize;
  readonly after: TableSize;
  /** What `rowhouse convert validate` found, in its words; null where it found nothing. */
  readonly wrong: string | null;
}

/** When a step ran, in milliseconds since 1970. */
export interface StepTime {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

export interface TableSize {
  readonly heap: number;
  readonly all: number;
}

export interface Target {
  readonly url: string;
  readonly old: OldDatabase;
  readonly planFile: string;
  readonly log: (line: string) => void;
}

/** Plans, then runs one phase after the other while the old application works. */
export async function convertUnderLoad({ url, old, planFile, log }: Target): Promise<Converted> {
  await runCommand(["convert", "plan", "--url", url, "--out", planFile]);
  const before = await sizeOfTasks(url);
  const load = startLoad({ url, users: old.users, rows: old.rows, clients, perSecond });
  const seconds: Record<string, number> = {};
  await pause(5_000);
  for (const phase of phases.slice(0, phases.indexOf("contract"))) {
    load.enter(phase);
    const began = performance.now();
    await runCommand(["convert", "run", "--url", url, "--plan", planFile, "--until", phase]);
    seconds[phase] = (performance.now() - began) / 1000;
    log(`${phase}: ${seconds[phase].toFixed(1)} s`);
  }
  load.enter("after");
  await pause(5_000);
  const result = await load.stop();
  const [after, steps] = [await sizeOfTasks(url), await timesOfSteps(url)];
  return { load: result, seconds, steps, before, after, wrong: await validate(url) };
}

/** Null where nothing is wrong. */
export async function validate(url: string): Promise<string | null> {
  const { code, output } = await startCommand(["convert", "validate", "--url", url]).ended;
  return code === 0 ? null : output;
}

async function timesOfSteps(url: string): Promise<StepTime[]> {
  return withAdminClient(url, async (admin) => {
    const { rows } = await admin.query<StepTime>(
      `select id, extract(epoch from started_at)::float8 * 1000 as from, extract(epoch from ended_at)::float8 * 1000 as to
       from rowhouse_convert.steps where ended_at is not null order by started_at`,
    );
    return rows;
  });
}

export async function sizeOfTasks(url: string): Promise<TableSize> {
  return withAdminClient(url, async (admin) => {
    const { rows } = await admin.query<TableSize>(
      "select pg_table_size('tasks')::float8 as heap, pg_total_relation_size('tasks')::float8 as all",
    );
    const [size] = rows;
    if (size === undefined) throw new TypeError("A query without FROM gives one row.");
    return size;
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
