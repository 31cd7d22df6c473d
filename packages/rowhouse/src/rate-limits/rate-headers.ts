import type { RateCount } from "./rate-policy.ts";

/**
 * The fields of draft-ietf-httpapi-ratelimit-headers-10 for an answer, and Retry-After (RFC 9110) when an attempt was one too
 * many. Several counts share the fields as lists.
 *
 * ```http
 * RateLimit-Policy: "api-key";q=600;w=60
 * RateLimit: "api-key";r=12;t=7
 * ```
 */
export function rateHeaders(counts: readonly RateCount[]): Record<string, string> {
  if (counts.length === 0) return {};
  const waits = counts.filter(({ isAllowed }) => !isAllowed).map(({ resetSeconds }) => resetSeconds);
  return {
    "ratelimit-policy": counts
      .map(({ policy: { name, limit, windowSeconds } }) => `"${name}";q=${limit};w=${windowSeconds}`)
      .join(", "),
    ratelimit: counts
      .map(({ policy: { name }, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`)
      .join(", "),
    ...(waits.length > 0 ? { "retry-after": String(Math.max(...waits)) } : {}),
  };
}
