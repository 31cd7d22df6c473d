import { fieldOf, listIdFields, withField } from "./id-fields.ts";
import type { Value } from "./known-values.ts";
import { makeValue } from "./make-value.ts";
import { parseName } from "./parse-name.ts";
import type { OpenApi, Operation, Parameter } from "./read-operations.ts";
import type { Side } from "./side.ts";

/** A request before it is written: what stands in each place, so that one place can be changed. */
export interface Draft {
  readonly operation: Operation;
  /** By `path projectId`. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** Those among them that name things, not the organization. */
  readonly idsInPath: readonly Parameter[];
  readonly query: Readonly<Record<string, Value>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: string;
  readonly body: unknown;
}

/** What `bodies` may be given for an operation: the body, or what makes one, for what is new each time. */
export type BodyMaker = (making: {
  readonly as: "attacker" | "victim";
  /** A value of that party's by the name of a parameter: `id("projectId")`. */
  readonly id: (name: string) => Value | undefined;
}) => unknown;

export interface Drafting {
  readonly api: OpenApi;
  readonly bodies: Readonly<Record<string, unknown>>;
  readonly queries: Readonly<Record<string, Readonly<Record<string, Value>>>>;
}

/** Who asks under whose organization with whose ids, and which of the known ids where there are several. */
export interface Sources {
  readonly as: "attacker" | "victim";
  readonly place: Side;
  readonly ids: Side;
  readonly content: Side;
  readonly turn?: number;
  /** Values that the ids must not be. */
  readonly without?: (name: string, collection: string) => ReadonlySet<Value>;
}

/** The request with these values, or the parameters that nothing is known for. */
export function draftRequest(
  operation: Operation,
  sources: Sources,
  drafting: Drafting,
): Draft | { readonly missing: readonly string[] } {
  const parameters = new Map<string, Value>();
  const missing: string[] = [];
  const idsInPath: Parameter[] = [];
  for (const parameter of operation.parameters) {
    const organization = sources.place.organizationFor(parameter);
    const value = organization ?? choose(parameter, sources) ?? invent(parameter, drafting.api);
    if (value !== undefined) parameters.set(`${parameter.in} ${parameter.name}`, value);
    else if (parameter.in === "path") missing.push(parameter.name);
    if (organization === undefined && parameter.in === "path" && choose(parameter, sources) !== undefined) {
      idsInPath.push(parameter);
    }
  }
  if (missing.length > 0) return { missing };
  const { origin = "", organizationHeaders = {} } = sources.place.party;
  return {
    ...{ operation, parameters, idsInPath, origin, headers: organizationHeaders },
    query: drafting.queries[operation.key] ?? {},
    body: makeBody(operation, sources, drafting),
  };
}

function choose({ name, collection, in: place, isRequired }: Parameter, sources: Sources): Value | undefined {
  if (!isRequired || (place !== "path" && !parseName(name, collection).isExplicit)) return undefined;
  const excluded = sources.without?.(name, collection);
  const values = sources.ids.values(name, collection).filter((value) => excluded?.has(value) !== true);
  return values[(sources.turn ?? 0) % Math.max(1, values.length)];
}

/** For what names no thing: a year, a format. */
function invent({ name, in: place, isRequired, schema }: Parameter, api: OpenApi): Value | undefined {
  if (!isRequired || /^(?:authorization|cookie|accept|content-type)$/i.test(name)) return undefined;
  const described = api.resolve(schema);
  const isFixed = ["enum", "const", "default", "example"].some((key) => described[key] !== undefined);
  if (place === "path" && !isFixed) return undefined;
  const value = described.default ?? described.example ?? makeValue(described, { resolve: api.resolve, name });
  return typeof value === "number" ? value : String(value);
}

function makeBody(operation: Operation, { as, content, turn = 0 }: Sources, { api, bodies }: Drafting): unknown {
  const given = bodies[operation.key];
  const id = (name: string): Value | undefined => {
    const values = content.values(name, operation.collection);
    return content.organizationFor({ name }) ?? values[turn % Math.max(1, values.length)];
  };
  if (typeof given === "function") return (given as BodyMaker)({ as, id });
  if (given !== undefined || operation.body === undefined) return given;
  const { schema } = operation.body;
  let body = makeValue(schema, { resolve: api.resolve });
  for (const field of listIdFields(schema, api, (name) => id(name) !== undefined)) {
    const value = id(field.name);
    if (value !== undefined && fieldOf(body, field.path) !== undefined) body = withField(body, field, value);
  }
  return body;
}

/** The request as `fetch` takes it, sent by whoever has these headers. */
export function writeRequest(
  draft: Draft,
  credentials: Readonly<Record<string, string>>,
): { url: string; init: RequestInit } {
  const { operation, parameters, query, headers, origin, body } = draft;
  const inHeaders = operation.parameters
    .filter((parameter) => parameter.in === "header")
    .flatMap(({ name }) => pairOf(name, parameters.get(`header ${name}`)));
  const search = new URLSearchParams();
  for (const { name } of operation.parameters.filter((parameter) => parameter.in === "query")) {
    for (const [key, value] of pairOf(name, parameters.get(`query ${name}`))) search.set(key, value);
  }
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  const sent = writeBody(body, operation);
  return {
    url: `${origin}${addressOf(draft)}${search.size === 0 ? "" : `?${search}`}`,
    init: {
      method: operation.method,
      headers: { ...headers, ...Object.fromEntries(inHeaders), ...sent.headers, ...credentials },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    },
  };
}

function pairOf(name: string, value: Value | undefined): [string, string][] {
  return value === undefined ? [] : [[name, String(value)]];
}

function addressOf({ operation, parameters }: Draft): string {
  return operation.path.replaceAll(/\{([^}]+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(parameters.get(`path ${name}`) ?? "")),
  );
}

function writeBody(
  body: unknown,
  { body: described }: Operation,
): { headers?: Record<string, string>; body?: NonNullable<RequestInit["body"]> } {
  if (body === undefined) return {};
  const type = described?.mediaType ?? "application/json";
  if (body instanceof Blob) return { headers: { "content-type": body.type || type }, body };
  if (/[/+]json\b/.test(type) || typeof body !== "object" || body === null) {
    return { headers: { "content-type": type }, body: typeof body === "string" ? body : JSON.stringify(body) };
  }
  const fields = Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]);
  if (type.startsWith("application/x-www-form-urlencoded")) return { body: new URLSearchParams(fields) };
  const form = new FormData();
  for (const [name, value] of fields) form.set(name, value);
  return { body: form };
}
