import { hashIdempotentRequest, parseIdempotencyKey } from "../idempotency/idempotency-key.ts";
import { runIdempotently } from "../idempotency/run-idempotently.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { Call, Endpoint, Reply } from "./call.ts";
import { readBytes, usualLimit } from "./read-json-body.ts";

export const idempotencyHeader = "idempotency-key";

interface OnceInput {
  readonly description: Pick<Endpoint, "method" | "bodyLimit" | "status" | "showsSecret" | "isRepeatable">;
  readonly call: Call;
}

/**
 * Runs a POST that carries an Idempotency-Key once, however often it is sent: its answer commits with its change. Everything
 * else is just run.
 *
 * @throws RowhouseError INVALID_INPUT, CONFLICT, IDEMPOTENCY_KEY_REUSED
 */
export async function runOnce(
  tenant: Tenant<unknown>,
  { description, call }: OnceInput,
  run: (tenant: Tenant<unknown>, call: Call) => Promise<Reply>,
): Promise<Reply> {
  const { method, bodyLimit = usualLimit, status, showsSecret, isRepeatable } = description;
  const given = call.request.headers.get(idempotencyHeader);
  if (given === null || method !== "post" || isRepeatable === true) return run(tenant, call);
  const key = parseIdempotencyKey(given);
  const body = await readBytes(call.request, bodyLimit);
  const { pathname, search } = new URL(call.request.url);
  const requestHash = hashIdempotentRequest({ method, target: `${pathname}${search}`, body });
  const { headers } = call.request;
  const again: Call = {
    ...call,
    request: new Request(call.request.url, { method: "POST", headers, body, signal: call.request.signal }),
  };
  const { answer, isReplay } = await runIdempotently(tenant, { key, requestHash }, async (within) => {
    const { body: made, location } = await run(within, again);
    const kept: Record<string, string> = location === undefined ? {} : { location };
    return {
      status,
      headers: kept,
      body: made === undefined ? null : JSON.stringify(made),
      isSecret: showsSecret,
    };
  });
  const { location } = answer.headers;
  return {
    ...(answer.body === null ? {} : { body: JSON.parse(answer.body) as unknown }),
    ...(location === undefined ? {} : { location }),
    isReplay,
  };
}
