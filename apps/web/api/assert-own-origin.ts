import { RowhouseError } from "rowhouse";
import { webSettings } from "@/settings";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser that sends our cookie for another site's page says so in these headers, which pages cannot set. A client
 * that is no browser sends neither, and has no cookie by accident.
 *
 * @throws RowhouseError FORBIDDEN
 */
export function assertOwnOrigin(request: Request): void {
  if (safeMethods.has(request.method)) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return;
  if (origin === null ? site === null : origin === new URL(webSettings().publicUrl).origin) return;
  throw new RowhouseError("FORBIDDEN", "The request comes from a page of another site.");
}
