import pg from "pg";
import { RowhouseError } from "rowhouse";
import { applyPolicies, defaultRoleNames, installControlPlane, recordPolicies } from "rowhouse/migrations";
import type { Change, Step } from "../phases/step.ts";
import { applyAlone } from "./apply-alone.ts";
import type { Wait } from "./find-holder.ts";
import { fillLetters } from "./fill-letters.ts";
import { letLookAsRuntime } from "./let-look-as-runtime.ts";
import { log, removeLine, writeLine } from "./ledger.ts";
import { tellRows } from "./tell-rows.ts";
import { runBatches } from "./run-batches.ts";
import { withLockRetries } from "./with-lock-retries.ts";

export interface StepRun {
  readonly client: pg.Client;
  readonly url: string;
  readonly throttle: boolean;
  /** Milliseconds to wait for a lock, all attempts together. */
  readonly patience: number;
  /** A line for whoever watches, and how much of the step is done, 0 to 1. */
  readonly tell: (doing: string, within?: number) => void;
  /** Throws where a rule is broken. */
  readonly validate: (step: Step) => Promise<void>;
}

/** Does a step whole. A step of one transaction has its line of the ledger in it; of others the ledger knows that they began. */
export async function runStep(run: StepRun, step: Step): Promise<void> {
  const { client } = run;
  const isOne = step.act === undefined && step.batches === undefined && step.do.length === 1;
  if (!isOne || step.do[0]?.how === "concurrently") await writeLine(client, step, "running");
  try {
    if (step.act !== undefined) await act(run, step);
    for (const change of step.do)
      await apply(run, { step, change, with: isOne ? () => writeLine(client, step, "done") : undefined });
    if (step.batches !== undefined) await fill(run, step);
  } catch (error) {
    throw explain(step, error);
  }
  if (!isOne || step.do[0]?.how === "concurrently") await writeLine(client, step, "done");
}

/** Takes a step back, with the SQL that was kept when it ran. */
export async function undoStep(run: StepRun, step: Step): Promise<void> {
  const { client } = run;
  const last = step.undo.at(-1);
  try {
    for (const change of step.undo) {
      const isLast = change === last && change.how === "transaction";
      await apply(run, { step, change, undo: true, with: isLast ? () => removeLine(client, step.id) : undefined });
    }
  } catch (error) {
    throw explain(step, error);
  }
  if (last?.how !== "transaction") await removeLine(client, step.id);
}

interface Applied {
  readonly step: Step;
  readonly change: Change;
  readonly undo?: boolean;
  readonly with: (() => Promise<void>) | undefined;
}

async function apply(run: StepRun, { step, change, undo = false, with: also }: Applied): Promise<void> {
  const { client, patience } = run;
  const onWait = waiting(run, step);
  if (change.how === "concurrently") {
    for (const statement of change.statements) {
      const index = undo ? undefined : step.index;
      await applyAlone(client, {
        step: step.id,
        statement,
        index,
        url: run.url,
        patience,
        onWait: (why) => run.tell(`${step.id} waits: ${why}`),
      });
    }
    return;
  }
  // Most of what undoes takes the strongest lock.
  const lock = undo && step.on.length > 0 ? "AccessExclusiveLock" : step.lock;
  await withLockRetries(client, { on: step.on, lock, patience, onWait }, async () => {
    const work = async (): Promise<void> => {
      for (const statement of change.statements) await client.query(statement);
    };
    if (step.policiesOf !== undefined) await recordPolicies(client, { tenantTables: step.policiesOf }, work);
    else await work();
    await also?.();
  });
}

function waiting({ client, tell }: Pick<StepRun, "client" | "tell">, step: Step): (wait: Wait) => void {
  let told = "";
  return ({ by, why }) => {
    tell(`${step.id} waits: ${why}`);
    if (told === by) return;
    told = by;
    // Before the next attempt opens its transaction; queries of one client keep their order.
    void log(client, { kind: "wait", step: step.id, detail: why }).catch(() => undefined);
  };
}

async function act(run: StepRun, step: Step): Promise<void> {
  if (step.act === "install") {
    await installControlPlane({ adminUrl: run.url });
    await letLookAsRuntime(run.client);
    await fillLetters(run.client);
  }
  if (step.act === "canary") await applyPolicies(run.client, { tables: { tenant: [] }, roles: defaultRoleNames });
  if (step.act === "validate") await run.validate(step);
}

async function fill(run: StepRun, step: Step): Promise<void> {
  const { client, throttle, patience } = run;
  let within = 0;
  const tell = (doing: string): void => run.tell(doing, within);
  const rows = await runBatches(client, step, {
    throttle,
    patience,
    onBatch: (done, rate) => {
      within = Math.min(1, done / Math.max(1, step.rows ?? 0));
      tell(`${step.id}: ${tellRows({ done, rate, total: step.rows })}`);
    },
    onWait: waiting({ client, tell }, step),
  });
  await client.query("update rowhouse_convert.steps set rows_done = $2 where id = $1", [step.id, rows]);
}

/** What Postgres says of data that break a rule, or of a server in need, with what to do about it. */
function explain(step: Step, error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const need = needs.get(error.code ?? "");
  if (need !== undefined)
    return new RowhouseError(
      "CONVERSION_BLOCKED",
      `${step.id} stopped: ${error.message}. ${need} and run again: the conversion goes on where it stopped.`,
      { cause: error, sqlstate: error.code },
    );
  const advice = advices.get(error.code ?? "");
  // What breaks a rule of our own tables is no row of the application.
  if (advice === undefined || error.schema?.startsWith("rowhouse") === true) return error;
  return new RowhouseError(
    "CONVERSION_REFUSED",
    `${step.id} stopped: ${error.message}. ${error.detail ?? ""} ${advice}`,
    {
      cause: error,
      sqlstate: error.code,
      constraint: error.constraint,
    },
  );
}

const needs = new Map([
  ["53100", "The server's disk is full: make room"],
  ["53200", "The server has no memory left: give it more"],
  ["57014", "Somebody ended the statement: find out why"],
]);

const advices = new Map([
  ["23505", "Two rows of one organization have the same key: change one of them, or set widen to false in the plan."],
  [
    "23503",
    "A row refers to one of another organization: mend it, or set composite to false for this reference in the plan.",
  ],
  ["23514", "A row belongs to nobody: give it an owner, or say under unowned in the plan what becomes of it."],
  ["23502", "A row belongs to nobody: give it an owner, or say under unowned in the plan what becomes of it."],
]);
