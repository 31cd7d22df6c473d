import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface FakeObject {
  readonly id: string;
  readonly object: "customer" | "subscription";
  readonly customer?: string;
  readonly status?: string;
  readonly created: number;
  readonly deleted?: boolean;
  metadata: Record<string, string>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** As much of Stripe as a move of customers uses, with its ways: idempotency keys, limits, connections that break after the work is done. */
export interface FakeStripe extends AsyncDisposable {
  readonly url: string;
  readonly objects: Map<string, FakeObject>;
  /** Each change that was made, as `cus_1 {…}`; a replayed answer makes none. */
  readonly effects: string[];
  readonly requests: { readonly at: number; readonly line: string }[];
  /** Asked before and after each call: what goes wrong this time. */
  trouble: (line: string, when: "before" | "after") => "limit" | "drop" | "refuse" | undefined;
}

export async function startFakeStripe(key: string): Promise<FakeStripe> {
  const answers = new Map<string, { readonly content: string; readonly answer: Answer }>();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const fake: FakeStripe = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: new Map(),
    effects: [],
    requests: [],
    trouble: () => undefined,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return fake;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const line = `${request.method ?? ""} ${request.url ?? ""}`;
    fake.requests.push({ at: performance.now(), line });
    const before = fake.trouble(line, "before");
    if (before === "drop") return void response.destroy();
    if (before === "limit") return send(response, refusal(429, "rate_limit"), { "retry-after": "0.2" });
    if (before === "refuse") return send(response, refusal(400, "metadata_full"));
    if (request.headers.authorization !== `Bearer ${key}`) return send(response, refusal(401, "api_key_invalid"));
    const answer = once(String(request.headers["idempotency-key"] ?? ""), line + body, () =>
      answerTo(fake, line, body),
    );
    if (fake.trouble(line, "after") === "drop") return void response.destroy();
    send(response, answer);
  }

  /** The first answer to a key is the answer for ever; another question with it is a mistake. */
  function once(idempotencyKey: string, content: string, work: () => Answer): Answer {
    const known = answers.get(idempotencyKey);
    if (known !== undefined) return known.content === content ? known.answer : refusal(400, "idempotency_key_in_use");
    const answer = work();
    if (idempotencyKey !== "") answers.set(idempotencyKey, { content, answer });
    return answer;
  }
}

function answerTo(fake: FakeStripe, line: string, body: string): Answer {
  const [method, address = ""] = line.split(" ");
  const url = new URL(address, "http://fake");
  const [, kind, id] = /^\/v1\/(customers|subscriptions)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
  if (kind === "subscriptions" && id === undefined) return { status: 200, body: listOf(fake, url.searchParams) };
  const object = fake.objects.get(id ?? "");
  if (object === undefined) return refusal(404, "resource_missing");
  if (object.deleted === true)
    return method === "GET" ? { status: 200, body: object } : refusal(404, "resource_missing");
  if (method === "POST" && object.status === "canceled") return refusal(400, "subscription_canceled");
  if (method === "POST") {
    for (const [name, value] of new URLSearchParams(body)) {
      const entry = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      if (entry === undefined) return refusal(400, "parameter_unknown");
      if (value === "") delete object.metadata[entry];
      else object.metadata[entry] = value;
    }
    fake.effects.push(`${object.id} ${JSON.stringify(object.metadata)}`);
  }
  return { status: 200, body: object };
}

function listOf(fake: FakeStripe, given: URLSearchParams): unknown {
  const all = [...fake.objects.values()].filter(({ customer }) => customer === given.get("customer"));
  const after = all.findIndex(({ id }) => id === given.get("starting_after")) + 1;
  // Two a page, so that a second page is asked for.
  const data = all.slice(after, after + 2);
  return { object: "list", url: "/v1/subscriptions", has_more: after + 2 < all.length, data };
}

function refusal(status: number, code: string): Answer {
  const type = status === 429 ? "rate_limit_error" : "invalid_request_error";
  return { status, body: { error: { type, code, message: `Refused: ${code}` } } };
}

function send(
  response: ServerResponse,
  { status, body }: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", "request-id": "req_fake", ...headers });
  response.end(JSON.stringify(body));
}

/** A customer as the application made it, with as many subscriptions. */
export function addCustomer({ objects }: FakeStripe, customer: string, subscriptions = 0): void {
  const metadata = { plan: "pro", user_id: "old" };
  objects.set(customer, { id: customer, object: "customer", created: 1, metadata });
  for (let each = 1; each <= subscriptions; each += 1) {
    const id = `sub_${customer}_${each}`;
    objects.set(id, { id, object: "subscription", customer, status: "active", created: each, metadata: {} });
  }
}
