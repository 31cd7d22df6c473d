import { assertOwnOrigin as assertOrigin } from "rowhouse/http";
import { webSettings } from "@/settings";

/**
 * For routes outside of the API that change something by cookie.
 *
 * @throws RowhouseError FORBIDDEN
 */
export function assertOwnOrigin(request: Request): void {
  assertOrigin(request, webSettings().publicUrl);
}
