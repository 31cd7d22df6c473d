import type { RequestOrigin } from "../tenant/audit-event.ts";
import type { ApiFurniture, ApiHooks, ApiRateLimits } from "./api-parts.ts";
import type { Endpoint } from "./call.ts";

export interface ApiOptions<DB, P extends string> extends ApiHooks<DB, P>, ApiFurniture {
  /** Where the application is reached, as `https://app.example.com`. Changes by cookie from pages of others are refused. */
  readonly publicUrl: string;
  /** The path that the API is mounted at. Default `/api`. */
  readonly mount?: string | undefined;
  /** The application's own, made with `endpointsFor`. */
  readonly endpoints?: readonly Endpoint[] | undefined;
  /** Of the OpenAPI document. Default `Rowhouse`. */
  readonly title?: string | undefined;
  /** The name of the session's cookie, for the OpenAPI document. */
  readonly sessionCookie?: string | undefined;
  /** Where a request came from, for the audit log. Default: the user agent and a request id, and no address. */
  readonly origin?: ((request: Request) => RequestOrigin) | undefined;
  /** `false` counts nothing. Default: 1,200 requests a minute from an address, 600 by a key or a user. */
  readonly rateLimits?: ApiRateLimits | false | undefined;
  /** Told of what is not the caller's doing. Default: standard error. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}
