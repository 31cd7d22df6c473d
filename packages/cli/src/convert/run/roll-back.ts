import { RowhouseError } from "rowhouse";
import { phases, type PhaseName } from "../plan.ts";
import type { Step } from "../phases/step.ts";
import { openConversion } from "./conversion-client.ts";
import { hasLedger, log, readLines, type LedgerLine } from "./ledger.ts";
import { undoStep } from "./run-step.ts";
import { withNewConnections } from "./with-new-connections.ts";

export interface RollbackOptions {
  /** The phase that is the last to stay; undefined to undo all. */
  readonly to?: PhaseName | undefined;
  /** Takes the ledger and the mapping away as well, after all is undone. */
  readonly forget?: boolean;
  readonly patience?: number;
  readonly report?: (share: number, doing: string) => void;
}

/**
 * Undoes what has run, the last first, with the SQL that was kept of each step. Rows that were written since stay.
 *
 * @returns the steps that were undone
 * @throws RowhouseError CONVERSION_REFUSED when one of them cannot be undone, CONVERSION_BLOCKED
 */
export async function rollBack(url: string, options: RollbackOptions = {}): Promise<string[]> {
  const undone: string[] = [];
  return withNewConnections(
    () => openConversion(url, { throttle: true }),
    async (client) => {
      if (!(await hasLedger(client))) return undone;
      const last = options.to === undefined ? -1 : phases.indexOf(options.to);
      const lines = (await readLines(client)).filter((line) => phases.findIndex((one) => one === line.phase) > last);
      assertReversible(lines);
      for (const [at, line] of lines.toReversed().entries()) {
        const tell = (doing: string): void => options.report?.((at + 1) / lines.length, doing);
        tell(`undoes ${line.id}`);
        const run = {
          client,
          url,
          throttle: true,
          patience: options.patience ?? 600_000,
          tell,
          validate: noValidation,
        };
        await undoStep(run, asStep(line));
        undone.push(line.id);
      }
      await log(client, { kind: "rollback", detail: options.to ?? "start" });
      if (options.to === undefined) await client.query("delete from rowhouse_convert.conversion");
      if (options.to === undefined && options.forget === true)
        await client.query("drop schema rowhouse_convert cascade");
      return undone;
    },
  );
}

const noValidation = (): Promise<void> => Promise.resolve();

function assertReversible(lines: readonly LedgerLine[]): void {
  const final = lines.filter(({ planned }) => planned.irreversible === true);
  if (final.length === 0) return;
  throw new RowhouseError(
    "CONVERSION_REFUSED",
    `There is no way back over ${final.map(({ id }) => id).join(", ")}: the old keys and policies are gone. Restore a backup, or go forward.`,
  );
}

function asStep({ id, phase, planned }: LedgerLine): Step {
  const known = phases.find((one) => one === phase) ?? "expand";
  return { id, phase: known, estimate: "", ...planned };
}
