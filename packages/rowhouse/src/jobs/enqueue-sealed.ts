import { sql } from "kysely";
import type { Actor, Requester } from "../tenant/actor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { sealEnvelope } from "./job-envelope.ts";
import type { Seal } from "./seal.ts";

/** A job as it goes into the queue. */
export interface QueuedJob {
  readonly job: string;
  readonly payload: unknown;
  /** One job of this name and key waits at a time; a later one takes the place of an earlier. */
  readonly key?: string | undefined;
  /** Not before then. Default: at once. */
  readonly runAt?: Date | undefined;
  readonly maxAttempts: number;
}

/** Writes the job with the tenant's transaction: both commit, or neither. */
export async function enqueueSealed<DB, P extends string>(
  tenant: Tenant<DB, P>,
  seal: Seal,
  { job, payload, key, runAt, maxAttempts }: QueuedJob,
): Promise<void> {
  const organization = tenant.organization.id;
  const envelope = sealEnvelope(seal, { organization, job, payload, requestedBy: requesterOf(tenant.actor) });
  const text = JSON.stringify(envelope);
  await controlPlaneOf(tenant)
    .selectNoFrom(
      sql`rowhouse.enqueue_job(${job}, ${text}::json, ${key ?? null}, ${runAt ?? null}, ${maxAttempts})`.as("queued"),
    )
    .execute();
}

/** What a job asks for was asked for by whoever asked for that job. */
function requesterOf(actor: Actor): Requester | undefined {
  return actor.kind === "job" ? actor.requestedBy : actor;
}
