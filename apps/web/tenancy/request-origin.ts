import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import type { RequestOrigin } from "rowhouse";

/**
 * Where a request says it comes from, for the audit log. The address is the first that the proxy in front of us forwards,
 * which is what sign-in counts attempts by; anything that is no address is left out.
 */
export function requestOrigin(headers: Headers): RequestOrigin {
  const ip = headers.get("x-forwarded-for")?.split(",")[0]?.trim();
  const requestId = headers.get("x-request-id");
  return {
    ip: ip !== undefined && isIP(ip) !== 0 ? ip : undefined,
    userAgent: headers.get("user-agent") ?? undefined,
    requestId: requestId !== null && /^[\w.-]{1,100}$/.test(requestId) ? requestId : randomUUID(),
  };
}
