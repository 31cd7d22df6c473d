import type { CallOptions } from "./operation.ts";

export interface GivenInput extends CallOptions {
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly body?: unknown;
  readonly organization?: string | undefined;
}

interface Caller {
  readonly baseUrl: string;
  readonly bearer?: string | (() => string | Promise<string>) | undefined;
}

/** A line such as `GET /api/organizations/{orgSlug}` with its input, as a request. */
export async function toRequest({ baseUrl, bearer }: Caller, line: string, input: GivenInput): Promise<Request> {
  const [method = "", path = ""] = line.split(" ");
  const url = new URL(fill(path, input.parameters ?? {}), baseUrl);
  for (const [name, value] of Object.entries(input.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const headers = new Headers();
  const credential = typeof bearer === "function" ? await bearer() : bearer;
  if (credential !== undefined) headers.set("authorization", `Bearer ${credential}`);
  if (input.organization !== undefined) headers.set("x-organization", input.organization);
  if (method === "POST") headers.set("idempotency-key", input.idempotencyKey ?? crypto.randomUUID());
  const body = toBody(input.body, headers);
  return new Request(url, { method, headers, ...(body === undefined ? {} : { body }), signal: input.signal ?? null });
}

/** A dot alone would be taken for a step in the path, and the call would mean another operation. */
function fill(path: string, parameters: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = parameters[name] ?? "";
    if (!/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
    throw new TypeError(`The parameter ${name} of ${path} is ${JSON.stringify(value)}; give it text that is no dots.`);
  });
}

function toBody(body: unknown, headers: Headers): string | Blob | Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined || body instanceof Blob) return body;
  if (body instanceof Uint8Array) {
    headers.set("content-type", "application/octet-stream");
    return new Uint8Array(body);
  }
  headers.set("content-type", "application/json");
  return JSON.stringify(body);
}
