import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { fingerprintOf } from "../fingerprint.ts";
import { phases, type PhaseName, type Plan } from "../plan.ts";
import { planSteps } from "../phases/plan-steps.ts";
import type { Schema } from "../phases/schema.ts";
import type { Step } from "../phases/step.ts";
import { assertMayConvert } from "./assert-may-convert.ts";
import { assertRunnable, assertUnchanged } from "./check-plan.ts";
import { openConversion } from "./conversion-client.ts";
import {
  findConversion,
  hasLedger,
  installLedger,
  isJudgedRight,
  isSame,
  log,
  readLines,
  saveConversion,
  type LedgerLine,
} from "./ledger.ts";
import { followPartitions } from "./follow-partitions.ts";
import { readSchemaNow } from "./read-schema.ts";
import { runStep, type StepRun } from "./run-step.ts";
import { withNewConnections } from "./with-new-connections.ts";

/** A rule that the converted data break. */
export interface BrokenRule {
  readonly rule: string;
  readonly table: string | null;
  readonly detail: string;
}

export interface ConversionOptions {
  readonly plan: Plan;
  /** The last phase that runs; by default all that can be taken back. */
  readonly until?: PhaseName;
  /** Somebody has agreed to what cannot be taken back. */
  readonly agreed: boolean;
  readonly throttle?: boolean;
  /** Milliseconds to wait for a lock; ten minutes by default. */
  readonly patience?: number;
  /** How far it is, 0 to 1, and with what. */
  readonly report?: (share: number, doing: string) => void;
  readonly validate?: (client: pg.Client, at: { plan: Plan; phase: PhaseName }) => Promise<readonly BrokenRule[]>;
}

export interface ConversionResult {
  readonly ran: readonly string[];
  /** The last phase that is complete, or null. */
  readonly reached: PhaseName | null;
}

/**
 * Goes on with a conversion from where it stopped, or begins it.
 *
 * @throws RowhouseError CONVERSION_REFUSED, CONVERSION_BLOCKED, PLAN_OUTDATED, DATABASE_UNREACHABLE
 */
export async function runConversion(url: string, options: ConversionOptions): Promise<ConversionResult> {
  const until = options.until ?? "hard-isolation";
  assertAgreed(until, options);
  const ran: string[] = [];
  return withNewConnections(
    () => openConversion(url, { throttle: options.throttle ?? true }),
    async (client) => {
      await assertMayConvert(client, options.plan);
      const { schema, isNew } = await beginOrResume(client, options);
      await installLedger(client);
      const work = { client, options };
      const steps = planSteps(options.plan, schema);
      const done = finished(await readLines(client), steps);
      // Only now, so that an edit that is refused is not what status and validate go by.
      await saveConversion(client, { plan: options.plan, schema });
      if (isNew) await log(client, { kind: "begin" });
      await validateAgain(work, { steps, done });
      const run = stepRun(client, url, options);
      let at = schema;
      for (const phase of phases.slice(0, phases.indexOf(until) + 1)) {
        at = await followPartitions(client, at);
        await saveConversion(client, { plan: options.plan, schema: at });
        ran.push(...(await runPhase(work, { run, phase, steps: planSteps(options.plan, at), done })));
      }
      return { ran, reached: until };
    },
  );
}

interface PhaseRun {
  readonly run: StepRun;
  readonly phase: PhaseName;
  readonly steps: readonly Step[];
  readonly done: Set<string>;
}

/** @returns the steps that ran */
async function runPhase(work: Work, { run, phase, steps, done }: PhaseRun): Promise<string[]> {
  // A step of an earlier phase is one that came with a new partition.
  const left = steps.filter((step) => !done.has(step.id) && phases.indexOf(step.phase) <= phases.indexOf(phase));
  for (const [at, step] of left.entries()) {
    const before = steps.indexOf(step);
    const tell = (doing: string, within = 0): void => work.options.report?.((before + within) / steps.length, doing);
    tell(step.id);
    const isFirstFinal =
      step.irreversible === true && !steps.some((one) => one.irreversible === true && done.has(one.id));
    if (isFirstFinal) await validated(work, lastReversible(step));
    await runStep({ ...run, tell }, step);
    done.add(step.id);
    if (left[at + 1]?.phase !== step.phase) await endPhase(work, step);
  }
  return left.map(({ id }) => id);
}

/** What stands before the first step that cannot be taken back is what must be right. */
function lastReversible(step: Step): Step {
  return { ...step, phase: "hard-isolation" };
}

function assertAgreed(until: PhaseName, { agreed, plan }: ConversionOptions): void {
  const deletes = plan.tables.filter(({ unowned }) => unowned === "delete").map(({ table }) => table);
  if (agreed) return;
  if (until === "contract")
    throw new RowhouseError(
      "CONVERSION_REFUSED",
      "The phase contract cannot be taken back: afterwards the old application no longer works. Give --yes if that is meant.",
    );
  if (deletes.length > 0 && phases.indexOf(until) >= phases.indexOf("backfill"))
    throw new RowhouseError(
      "CONVERSION_REFUSED",
      `Rows that nobody owns would be deleted from ${deletes.join(", ")} (and kept in rowhouse_convert.deleted_rows). Give --yes if that is meant.`,
    );
}

async function beginOrResume(
  client: pg.Client,
  { plan }: ConversionOptions,
): Promise<{ schema: Schema; isNew: boolean }> {
  const now = await readSchemaNow(client);
  const known = (await hasLedger(client)) ? await findConversion(client) : undefined;
  if (known !== undefined) {
    assertUnchanged(known.plan, { before: known.schema, now });
    assertRunnable(plan, known.schema);
    return { schema: await followPartitions(client, known.schema), isNew: false };
  }
  if (fingerprintOf(now, plan.column) !== plan.fingerprint)
    throw new RowhouseError(
      "PLAN_OUTDATED",
      "The schema is not the one that the plan was made for. Run rowhouse convert plan again and compare the two.",
    );
  assertRunnable(plan, now);
  return { schema: now, isNew: true };
}

/** @throws RowhouseError PLAN_OUTDATED where the plan says otherwise now about what has run */
function finished(lines: readonly LedgerLine[], steps: readonly Step[]): Set<string> {
  const planned = new Map(steps.map((step) => [step.id, step]));
  const other = lines.filter((line) => {
    const step = planned.get(line.id);
    return step === undefined || (line.state === "done" && !isSame(line, step));
  });
  if (other.length > 0)
    throw new RowhouseError(
      "PLAN_OUTDATED",
      `The plan was edited where it has run already: ${other.map(({ id }) => id).join(", ")}. Undo the edit, or roll back first.`,
    );
  return new Set(lines.filter(({ state }) => state === "done").map(({ id }) => id));
}

interface Work {
  readonly client: pg.Client;
  readonly options: ConversionOptions;
}

function stepRun(client: pg.Client, url: string, options: ConversionOptions): StepRun {
  return {
    client,
    url,
    throttle: options.throttle ?? true,
    patience: options.patience ?? 600_000,
    tell: () => undefined,
    validate: (step) => validated({ client, options }, step),
  };
}

/** Phases after whose end everything must be right. */
const judged: readonly PhaseName[] = ["backfill", "constrain", "hard-isolation"];

async function endPhase(work: Work, step: Step): Promise<void> {
  await log(work.client, { kind: "phase", detail: step.phase });
  if (judged.includes(step.phase)) await validated(work, step);
}

/** A phase whose end was found wrong, or that nobody judged since the run died there, is judged before anything else runs. */
async function validateAgain(
  work: Work,
  { steps, done }: { steps: readonly Step[]; done: Set<string> },
): Promise<void> {
  const open = steps.findIndex(({ id }) => !done.has(id));
  const before = open === -1 ? steps : steps.slice(0, open);
  const last = before.findLast(({ phase }) => judged.includes(phase) && phase !== steps[open]?.phase);
  if (last !== undefined && !(await isJudgedRight(work.client, last.phase))) await validated(work, last);
}

async function validated({ client, options }: Work, { phase, id }: Step): Promise<void> {
  if (options.validate === undefined) return;
  const broken = await options.validate(client, { plan: options.plan, phase });
  await log(client, { kind: "validate", step: id, detail: JSON.stringify(broken) });
  if (broken.length === 0) return;
  const lines = broken.slice(0, 20).map(({ rule, table, detail }) => `- ${table ?? ""} ${rule}: ${detail}`);
  throw new RowhouseError(
    "CONVERSION_REFUSED",
    `Validation found ${broken.length}; nothing that cannot be taken back has run:\n${lines.join("\n")}`,
  );
}
