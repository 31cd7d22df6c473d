import { RowhouseError } from "../errors.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser that sends our cookie for another site's page says so in these headers, which pages cannot set. A client
 * that is no browser sends neither, and has no cookie by accident. Whoever shows a key or a token is not taken by a
 * cookie at all, and a page of another site cannot add that header unasked. (A browser does add a Basic password unasked.)
 *
 * @throws RowhouseError FORBIDDEN
 */
export function assertOwnOrigin(request: Request, publicUrl: string): void {
  if (safeMethods.has(request.method)) return;
  if (/^Bearer /i.test(request.headers.get("authorization") ?? "")) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return;
  if (origin === null ? site === null : origin === new URL(publicUrl).origin) return;
  throw new RowhouseError("FORBIDDEN", "The request comes from a page of another site.");
}
