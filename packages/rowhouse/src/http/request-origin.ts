import { randomUUID } from "node:crypto";
import type { RequestOrigin } from "../tenant/audit-event.ts";

/** The header that carries a request's id: taken from whoever stands in front of us, and answered in any case. */
export const requestIdHeader = "x-request-id";

/**
 * Where a request says it comes from, without its address: a Request does not know that, and which header to believe is
 * for whoever knows the proxy in front.
 */
export function requestOrigin(request: Request): RequestOrigin {
  const given = request.headers.get(requestIdHeader);
  return {
    userAgent: request.headers.get("user-agent") ?? undefined,
    requestId: given !== null && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID(),
  };
}
