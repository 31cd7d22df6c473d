import type { ApiRateLimits } from "./api-parts.ts";
import { actorId } from "../tenant/actor.ts";
import { tooManyRequests } from "../rate-limits/rate-limits.ts";
import type { RatePolicy } from "../rate-limits/rate-policy.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { Call } from "./call.ts";

export const usualRateLimits: ApiRateLimits = {
  address: { limit: 1200, windowSeconds: 60 },
  caller: { limit: 600, windowSeconds: 60 },
};

/** @throws RowhouseError TOO_MANY_REQUESTS */
export async function countAddress(call: Call): Promise<void> {
  const { rateLimits } = call.api;
  if (rateLimits === false || call.origin.ip === undefined) return;
  await count(call, { name: "address", ...rateLimits.address }, call.origin.ip);
}

/** @throws RowhouseError TOO_MANY_REQUESTS */
export async function countCaller(call: Call, caller: string): Promise<void> {
  const { rateLimits } = call.api;
  if (rateLimits !== false) await count(call, { name: "caller", ...rateLimits.caller }, caller);
}

/** Each key has its own count, whoever made it; a user has one, in all organizations together. */
export function callerOf({ actor }: Tenant<unknown>): string {
  return "keyId" in actor ? `api-key:${actor.keyId}` : `${actor.kind}:${actorId(actor)}`;
}

async function count(call: Call, policy: RatePolicy, subject: string): Promise<void> {
  const counted = await call.api.tenancy.rateLimits.count(policy, subject);
  call.counts.push(counted);
  if (!counted.isAllowed) throw tooManyRequests(counted);
}
