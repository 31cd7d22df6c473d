import { sql } from "kysely";
import { RowhouseError } from "../errors.ts";
import { actorId } from "../tenant/actor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { parseIdempotencyKey } from "./idempotency-key.ts";

/** An HTTP answer, as far as it is repeated. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** It shows a secret that is shown once: its body is not kept, and the same request again is CONFLICT. */
  readonly isSecret?: boolean | undefined;
}

export interface IdempotentAnswer {
  readonly answer: Answer;
  /** It was given before; nothing was done. */
  readonly isReplay: boolean;
}

export interface IdempotentRequest {
  /** As {@link parseIdempotencyKey} gives it. */
  readonly key: string;
  /** 32 bytes, as {@link hashIdempotentRequest} gives them. */
  readonly requestHash: Uint8Array;
}

/**
 * Does something once, however often its request is sent: within 24 hours the same actor's same key gives the answer of the
 * first time. The answer is written in the transaction of the change, so that both are there or neither; work that throws
 * leaves nothing, and may be tried again under its key.
 *
 * `work` is handed the transaction and must do all its writing there.
 *
 * @throws RowhouseError IDEMPOTENCY_KEY_REUSED for a key that came with another request, CONFLICT while the first is still
 *   being done and for an answer that held a secret, INVALID_INPUT
 */
export async function runIdempotently<DB, P extends string>(
  tenant: Tenant<DB, P>,
  request: IdempotentRequest,
  work: (tenant: Tenant<DB, P>) => Promise<Answer>,
): Promise<IdempotentAnswer> {
  const key = parseIdempotencyKey(request.key);
  const requestHash = parseHash(request.requestHash);
  const place = { actorId: `${tenant.actor.kind}:${actorId(tenant.actor)}`, key };
  return tenant.transaction(async (within) => {
    await claim(within, place);
    const stored = await findStored(within, place);
    if (stored !== undefined) return replay(stored, requestHash);
    const answer = await work(within);
    const { status, headers, body, isSecret = false } = answer;
    const kept = { status, headers: JSON.stringify(headers), body: isSecret ? null : body, isSecret };
    await controlPlaneOf(within)
      .insertInto("rowhouse.idempotencyKeys")
      .values({ ...place, requestHash, ...kept })
      .execute();
    return { answer, isReplay: false };
  });
}

function parseHash(hash: Uint8Array): Buffer {
  if (hash.byteLength === 32) return Buffer.from(hash);
  throw new RowhouseError("INVALID_INPUT", `A request's hash has 32 bytes; ${hash.byteLength} were received.`);
}

interface Place {
  readonly actorId: string;
  readonly key: string;
}

/** Held until the transaction ends, whichever way. Nobody waits for it. */
async function claim<DB, P extends string>(tenant: Tenant<DB, P>, { actorId: actor, key }: Place): Promise<void> {
  const name = `idempotency ${tenant.organization.id} ${actor} ${key}`;
  const { isMine } = await controlPlaneOf(tenant)
    .selectNoFrom(sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(${name}, 0))`.as("isMine"))
    .executeTakeFirstOrThrow();
  if (isMine) return;
  throw new RowhouseError("CONFLICT", "This request is being done already. Send it again in a moment for its answer.");
}

/** A statement of its own: it sees what was committed before the claim. One that is past its time makes room. */
async function findStored<DB, P extends string>(tenant: Tenant<DB, P>, { actorId: actor, key }: Place) {
  const db = controlPlaneOf(tenant);
  const stored = await db
    .selectFrom("rowhouse.idempotencyKeys")
    .select(["requestHash", "status", "body", "isSecret"])
    // As text: the names of headers are no columns to be put into camel case.
    .select([sql<string>`headers::text`.as("headers"), sql<boolean>`${isPast}`.as("isPast")])
    .where("actorId", "=", actor)
    .where("key", "=", key)
    .executeTakeFirst();
  if (stored?.isPast !== true) return stored;
  await db.deleteFrom("rowhouse.idempotencyKeys").where("actorId", "=", actor).where("key", "=", key).execute();
  return undefined;
}

/** A stored answer is kept for a day. */
export const isPast = sql<boolean>`created_at <= now() - interval '24 hours'`;

type Stored = Exclude<Awaited<ReturnType<typeof findStored>>, undefined>;

function replay(stored: Stored, requestHash: Buffer): IdempotentAnswer {
  if (!stored.requestHash.equals(requestHash)) {
    throw new RowhouseError(
      "IDEMPOTENCY_KEY_REUSED",
      "This Idempotency-Key was sent with another request. Use a new one for each request.",
    );
  }
  if (stored.isSecret) {
    throw new RowhouseError(
      "CONFLICT",
      "This was done already, and its answer held a secret that is shown once. If it was lost, make a new one.",
    );
  }
  const headers = JSON.parse(stored.headers) as Record<string, string>;
  return { answer: { status: stored.status, headers, body: stored.body }, isReplay: true };
}
