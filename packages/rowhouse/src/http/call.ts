import type { z } from "zod";
import type { RateCount } from "../rate-limits/rate-policy.ts";
import type { RequestOrigin } from "../tenant/audit-event.ts";
import type { ApiParts } from "./api-parts.ts";

/** What an endpoint is to the router and to the OpenAPI document. */
export interface Endpoint {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** With `{parameters}`; below the organization for access "organization", below the mount otherwise. */
  readonly path: string;
  readonly summary: string;
  readonly access: "public" | "user" | "organization";
  /** `null`: every member may ask, and the work itself says who may more. */
  readonly permission?: string | null | undefined;
  readonly body?: z.ZodType | undefined;
  /** Bytes. Default 64 kB. */
  readonly bodyLimit?: number | undefined;
  readonly query?: z.ZodType | undefined;
  readonly status: 200 | 201 | 204;
  /** The form of the answer; none for 204 and for files. */
  readonly answer?: z.ZodType | undefined;
  /** Media types, where the answer is a file. */
  readonly files?: readonly string[] | undefined;
  /** Media types, where the body is a file; the work reads it. */
  readonly takesFile?: readonly string[] | undefined;
  /** The answer holds a secret that is shown once: it is kept nowhere, so that a repeated request cannot get it. */
  readonly showsSecret?: boolean | undefined;
  /** Doing it again does no harm, so an Idempotency-Key is not looked at. */
  readonly isRepeatable?: boolean | undefined;
  /** `false`: whoever watches over the process asks this, and the database is not asked to count. */
  readonly isCounted?: boolean | undefined;
  /** Statuses that it may refuse with besides those that its access and input bring. */
  readonly refusals?: readonly number[] | undefined;
  readonly serve: (call: Call) => Promise<Reply>;
}

export interface Call {
  readonly request: Request;
  readonly parameters: Readonly<Record<string, string>>;
  readonly api: ApiParts;
  readonly origin: RequestOrigin;
  /** What was counted of this request, for the headers of its answer. */
  readonly counts: RateCount[];
}

export interface Reply {
  readonly body?: unknown;
  /** Instead of a body. */
  readonly file?: FileAnswer;
  /** Of what was made, below the place where the endpoint is mounted. */
  readonly location?: string;
  readonly setCookies?: readonly string[];
  /** Of the organization, where it was asked for by a slug that it has given up. */
  readonly currentSlug?: string;
  /** It was given before, to the same Idempotency-Key; nothing was done. */
  readonly isReplay?: boolean;
  /** The whole of the answer, for what has rules of its own. */
  readonly response?: Response;
}

/** An answer that is not JSON. */
export interface FileAnswer<Content = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  readonly content: Content;
  readonly mediaType: string;
  readonly headers?: Readonly<Record<string, string>>;
}
