import { createHash } from "node:crypto";
import { sql } from "kysely";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import { RowhouseError } from "../errors.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { TenancyParts } from "../tenant/tenancy-parts.ts";
import { assertRatePolicy, type RateCount, type RatePolicy } from "./rate-policy.ts";

/**
 * Counts attempts in Postgres, so that all processes count together: `tenancy.rateLimits`. One statement and one round trip
 * an attempt, in a transaction of its own: what is rolled back was attempted all the same.
 */
export class RateLimits {
  readonly #parts: TenancyParts;

  constructor(parts: TenancyParts) {
    this.#parts = parts;
  }

  /**
   * Counts an attempt, if there is room for it. Of any number at once, exactly as many are allowed as the window holds; around
   * the end of a window that can be two windows' worth in a short time.
   *
   * `subject` says whose attempts are counted together: an address, {@link callerId}. It is kept as a hash.
   *
   * @throws TypeError for a policy that cannot be
   */
  async count(policy: RatePolicy, subject: string): Promise<RateCount> {
    assertRatePolicy(policy);
    await this.#parts.start();
    const { limit, windowSeconds } = policy;
    const db = openUnscoped<ControlPlane>(this.#parts.pools.runtime, noContext);
    const { rows } = await countStatement(bucketOf(policy, subject), policy).execute(db);
    // No row: the window was begun and filled by others while this statement ran.
    const { isAllowed, count, seconds } = rows[0] ?? { isAllowed: false, count: limit, seconds: windowSeconds };
    const resetSeconds = Math.min(Math.max(Math.ceil(Number(seconds)), 1), windowSeconds);
    return { policy, isAllowed, remaining: Math.max(limit - count, 0), resetSeconds };
  }

  /**
   * {@link count} for where an attempt too many ends everything.
   *
   * @throws RowhouseError TOO_MANY_REQUESTS with `retryAfterSeconds`
   */
  async limit(policy: RatePolicy, subject: string): Promise<RateCount> {
    const count = await this.count(policy, subject);
    if (count.isAllowed) return count;
    throw tooManyRequests(count);
  }
}

export function tooManyRequests({ policy, resetSeconds }: RateCount): RowhouseError {
  const { limit, windowSeconds } = policy;
  const allowed = `${limit} ${limit === 1 ? "attempt is" : "attempts are"} allowed in ${windowSeconds} seconds`;
  return new RowhouseError(
    "TOO_MANY_REQUESTS",
    `Too many attempts: ${allowed}. Try again in ${resetSeconds} seconds.`,
    {
      retryAfterSeconds: resetSeconds,
    },
  );
}

interface CountedRow {
  readonly isAllowed: boolean;
  readonly count: number;
  readonly seconds: string;
}

/** A full window is only read, so that whoever is refused writes nothing. */
function countStatement(bucket: string, { limit, windowSeconds }: RatePolicy) {
  const seconds = sql`extract(epoch from resets_at - now())`;
  return sql<CountedRow>`
    with counted as (
      insert into rowhouse.rate_limits as t (bucket, count, resets_at)
      values (${bucket}, 1, now() + make_interval(secs => ${windowSeconds}))
      on conflict (bucket) do update set
        count = case when t.resets_at <= now() then 1 else t.count + 1 end,
        resets_at = case when t.resets_at <= now() then excluded.resets_at else t.resets_at end
      where t.resets_at <= now() or t.count < ${limit}::integer
      returning count, resets_at)
    select true as is_allowed, count, ${seconds} as seconds from counted
    union all
    select false, count, ${seconds} from rowhouse.rate_limits
    where bucket = ${bucket} and not exists (select from counted)`;
}

/** Another window is another bucket: a policy that was made shorter is not held to the end of a longer one. */
function bucketOf({ name, windowSeconds }: RatePolicy, subject: string): string {
  return `${name}/${windowSeconds}:${createHash("sha256").update(subject).digest("base64url")}`;
}
