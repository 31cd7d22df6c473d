import type { KyselyPlugin, Transaction } from "kysely";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";

/** Who crosses tenants, and why. Both are written down before anything is read. */
export interface OperateOptions {
  /** A name that identifies the person, such as their e-mail address. 1 to 200 characters. */
  readonly operator: string;
  /** 1 to 1,000 characters. */
  readonly reason: string;
}

/** A handle over every tenant's rows, as the operator role. No tenant handle can stand in for it, nor the reverse. */
export interface Operator<DB> {
  readonly operator: string;
  readonly reason: string;
  readonly acrossTenants: Transaction<DB & ControlPlane>;
}

/** Runs `work` in one transaction together with its line in `rowhouse.operator_log`: no line, no access. */
export async function operate<DB, T>(
  pool: Pool,
  options: OperateOptions,
  work: (operator: Operator<DB>) => Promise<T>,
): Promise<T> {
  const operator = parseText(options.operator, "operator", 200);
  const reason = parseText(options.reason, "reason", 1000);
  let open = true;
  const db = openUnscoped<ControlPlane>(pool, noContext, () => assertOpen(open));
  try {
    return await db.transaction().execute(async (transaction) => {
      await transaction.insertInto("rowhouse.operatorLog").values({ operator, reason }).execute();
      const guarded = transaction.withPlugin(guardedBy(() => assertOpen(open)));
      return work({ operator, reason, acrossTenants: guarded as unknown as Transaction<DB & ControlPlane> });
    });
  } finally {
    open = false;
  }
}

/** Kysely refuses a transaction that has ended too, but not in words of ours. */
function guardedBy(assert: () => void): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      assert();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}

function parseText(value: unknown, field: string, longest: number): string {
  const text = typeof value === "string" ? value.trim() : "";
  if (text !== "" && text.length <= longest) return text;
  throw new RowhouseError("REASON_REQUIRED", `Crossing tenants needs ${field}: text of 1 to ${longest} characters.`);
}

function assertOpen(open: boolean): void {
  if (!open) throw new RowhouseError("SCOPE_CLOSED", "The operator handle was used after its scope had ended.");
}
