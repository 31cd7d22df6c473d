import { sql } from "kysely";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import type { Pool } from "../database/pool.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { AuthenticatedKey } from "./authenticate-api-key.ts";

/**
 * Writes down when keys were last used: to the minute, beside the request and not in its way. Where connections are waited
 * for it leaves it to a later use.
 */
export class ApiKeyUses {
  readonly #pool: Pool;
  readonly #onError: (error: Error) => void;
  readonly #pending = new Map<string, Promise<void>>();

  constructor(pool: Pool, onError: (error: Error) => void) {
    this.#pool = pool;
    this.#onError = onError;
  }

  mark({ keyId, organization, isFresh }: AuthenticatedKey): void {
    if (isFresh || this.#pending.has(keyId) || this.#pool.counts().waiting > 0) return;
    const written = write(this.#pool, organization.id, keyId)
      .catch((error: unknown) => this.#onError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => this.#pending.delete(keyId));
    this.#pending.set(keyId, written);
  }

  /** Waits for what is being written. */
  async settle(): Promise<void> {
    await Promise.all(this.#pending.values());
  }
}

async function write(pool: Pool, organizationId: string, keyId: string): Promise<void> {
  const db = openUnscoped<ControlPlane>(pool, { ...noContext, organizationId });
  // A key that is being changed right now is skipped, so that nothing here waits for a lock.
  const due = db
    .selectFrom("rowhouse.apiKeys")
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("id", "=", keyId)
    .where(sql<boolean>`coalesce(last_used_at <= now() - interval '1 minute', true)`)
    .forUpdate()
    .skipLocked();
  await db
    .updateTable("rowhouse.apiKeys")
    .set({ lastUsedAt: sql<Date>`now()` })
    .where("organizationId", "=", organizationId)
    .where("id", "in", due)
    .execute();
}
