import { writeRequest, type Draft } from "./draft.ts";
import { isRecord } from "./is-record.ts";

/** What was sent, without credentials, and what came back. */
export interface Exchange {
  /** `PATCH /projects/81 {"name"}`: of a body the names of its fields only. */
  readonly sent: string;
  readonly status: number;
  /** The beginning of a refusal's text; what was let through is not repeated. */
  readonly refusal: string;
}

/** An exchange while it is judged. */
export interface Answer extends Exchange {
  readonly body: string;
  /** Headers and body. */
  readonly text: string;
  readonly json: unknown;
  /** All that was sent, to know an echo. */
  readonly request: string;
}

/** How the application is asked: `app.request` of Hono, or `(url, init) => fetch(base + url, init)`. */
export type SendRequest = (url: string, init: RequestInit) => Response | Promise<Response>;

/** Sends a draft with somebody's credentials. */
export async function exchange(
  send: SendRequest,
  draft: Draft,
  credentials: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { url, init } = writeRequest(draft, credentials);
  const response = await send(url, { ...init, redirect: "manual" });
  const body = await response.text();
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  const fields = isRecord(draft.body) ? ` {${Object.keys(draft.body).join(", ")}}` : "";
  return {
    sent: `${draft.operation.method} ${url}${fields}`,
    status: response.status,
    refusal: response.status >= 400 ? body.slice(0, 300) : "",
    body,
    text: `${headers}\n${body}`,
    json: parse(body),
    request: [
      decodeURIComponent(url),
      typeof init.body === "string" ? init.body : "",
      ...Object.values(draft.headers),
      ...draft.parameters.values(),
    ].join(" "),
  };
}

export function isDone({ status }: Exchange): boolean {
  return status >= 200 && status < 300;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON, as a file
  }
}
