import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { claimedMail, failedMail, isDueMail, sentMail } from "./mail-changes.ts";
import type { ClaimedMail, MailStore, OpenedMail } from "./mail-store.ts";

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
      .set(claimedMail(leaseSeconds))
      .where("id", "=", id)
      .where(isDueMail)
      .returning(["recipient", "template", "data", "attempts"])
      .executeTakeFirst();
    if (claimed !== undefined) return claimed;
    const row = await db.selectFrom("rowhouse.outbox").select("status").where("id", "=", id).executeTakeFirst();
    return row?.status === "waiting" ? "busy" : "done";
  }

  async markSent(id: string, mail: OpenedMail): Promise<void> {
    await this.#tenant.transaction(async (within) => {
      await controlPlaneOf(within).updateTable("rowhouse.outbox").set(sentMail).where("id", "=", id).execute();
      await this.#onSent(within, mail);
    });
  }

  async markFailed(id: string, failure: { error: string; retryInSeconds: number | null }): Promise<void> {
    await controlPlaneOf(this.#tenant)
      .updateTable("rowhouse.outbox")
      .set(failedMail(failure))
      .where("id", "=", id)
      .execute();
  }
}
