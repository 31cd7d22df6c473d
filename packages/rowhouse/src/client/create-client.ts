import { assertDone, unreachable } from "./read-refusal.ts";
import type { InputOf, ItemOf, JsonLine, ListLine, Operation } from "./operation.ts";
import { toRequest, type GivenInput } from "./to-request.ts";

export interface ClientSettings {
  /** Where the API is served, without its paths: `https://app.example.com`. */
  readonly baseUrl: string;
  /** An API key, or a function that gives a signed token for each request. Without it a browser's cookie speaks. */
  readonly bearer?: string | (() => string | Promise<string>) | undefined;
  /** Default: the platform's. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

type Operations<Api> = { [Line in keyof Api]: Operation };

/** Nothing need be given where no part of the input is needed. */
type Given<O extends Operation> = object extends InputOf<O> ? [input?: InputOf<O>] : [input: InputOf<O>];

/** See {@link createClient}. Each method throws RowhouseError with the code of the API's refusal. */
export interface ApiClient<Api extends Operations<Api>> {
  /** The answer, as JSON gives it: moments are text. */
  call<Line extends JsonLine<Api> & string>(line: Line, ...given: Given<Api[Line]>): Promise<Api[Line]["answer"]>;
  /** Every item of a list, page after page, from the cursor `after` on. */
  items<Line extends ListLine<Api> & string>(line: Line, ...given: Given<Api[Line]>): AsyncGenerator<ItemOf<Api[Line]>>;
  /** The response itself, for its headers or for a file. A refusal throws here as well. */
  open<Line extends keyof Api & string>(line: Line, ...given: Given<Api[Line]>): Promise<Response>;
}

/**
 * A client of an API that `createApi` serves, typed by what `renderApiTypes` wrote of its OpenAPI document.
 *
 * ```ts
 * const client = createClient<Api>({ baseUrl: "https://app.example.com", bearer: key });
 * const project = await client.call("POST /api/projects", { body: { name: "Website" } });
 * for await (const member of client.items("GET /api/members", { query: { role: "admin" } })) console.log(member.name);
 * ```
 *
 * @throws RowhouseError from each call: what the API refused with, API_UNREACHABLE, CANCELED
 */
export function createClient<Api extends Operations<Api>>(settings: ClientSettings): ApiClient<Api> {
  const { fetch: send = (request: Request) => fetch(request) } = settings;

  async function open(line: string, input: GivenInput = {}): Promise<Response> {
    const request = await toRequest(settings, line, input);
    const response = await send(request).catch((error: unknown) => {
      throw unreachable(request, error);
    });
    await assertDone(response);
    return response;
  }

  async function call(line: string, input?: GivenInput): Promise<unknown> {
    const response = await open(line, input);
    return response.status === 204 ? undefined : ((await response.json()) as unknown);
  }

  async function* items(line: string, input: GivenInput = {}): AsyncGenerator {
    let after = input.query?.after;
    for (;;) {
      const page = (await call(line, { ...input, query: { ...input.query, after } })) as {
        readonly items: readonly unknown[];
        readonly next: string | null;
      };
      yield* page.items;
      if (page.next === null) return;
      after = page.next;
    }
  }

  // The lines and what belongs to each are the types' part; at run time a line is a method and a path.
  return { call, items, open } as unknown as ApiClient<Api>;
}
