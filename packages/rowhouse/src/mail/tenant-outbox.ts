import { sql, type SqlBool } from "kysely";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { OpenedMail } from "./mail-store.ts";
import type { ClaimedMail, MailStore } from "./mail-store.ts";

/** The outbox of one organization, through a scope of its own. */
export class TenantOutbox<DB, P extends string> implements MailStore {
  readonly place: string;
  readonly #tenant: Tenant<DB, P>;
  readonly #onSent: (tenant: Tenant<DB, P>, mail: OpenedMail) => Promise<void>;

  constructor(tenant: Tenant<DB, P>, onSent: (tenant: Tenant<DB, P>, mail: OpenedMail) => Promise<void>) {
    this.place = tenant.organization.id;
    this.#tenant = tenant;
    this.#onSent = onSent;
  }

  async claim(id: string, leaseSeconds: number): Promise<ClaimedMail | "busy" | "done"> {
    const db = controlPlaneOf(this.#tenant);
    const claimed = await db
      .updateTable("rowhouse.outbox")
      .set({ attempts: sql`attempts + 1`, nextAttemptAt: inSeconds(leaseSeconds) })
      .where("id", "=", id)
      .where("status", "=", "waiting")
      .where(sql<SqlBool>`next_attempt_at <= now()`)
      .returning(["recipient", "template", "data", "attempts"])
      .executeTakeFirst();
    if (claimed !== undefined) return claimed;
    const row = await db.selectFrom("rowhouse.outbox").select("status").where("id", "=", id).executeTakeFirst();
    return row?.status === "waiting" ? "busy" : "done";
  }

  async markSent(id: string, mail: OpenedMail): Promise<void> {
    await this.#tenant.transaction(async (within) => {
      await controlPlaneOf(within)
        .updateTable("rowhouse.outbox")
        .set({ status: "sent", sentAt: sql<Date>`now()`, lastError: null, data: "" })
        .where("id", "=", id)
        .execute();
      await this.#onSent(within, mail);
    });
  }

  async markFailed(id: string, failure: { error: string; retryInSeconds: number | null }): Promise<void> {
    const { error, retryInSeconds } = failure;
    const lastError = error.slice(0, 500);
    const over = { lastError, status: "failed", data: "" } as const;
    await controlPlaneOf(this.#tenant)
      .updateTable("rowhouse.outbox")
      .set(retryInSeconds === null ? over : { lastError, nextAttemptAt: inSeconds(retryInSeconds) })
      .where("id", "=", id)
      .execute();
  }
}

function inSeconds(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`;
}
