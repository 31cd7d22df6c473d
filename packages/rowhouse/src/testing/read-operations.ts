import { isRecord } from "./is-record.ts";

/** A JSON schema as the document has it, perhaps a `$ref`; {@link OpenApi.resolve} follows it. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly isRequired: boolean;
  readonly schema: Schema;
  /** The fixed part of the path before it: `projects` of `/projects/{id}`. */
  readonly collection: string;
}

/** One method of one path. */
export interface Operation {
  /** `GET /projects/{id}`, as the options name it. */
  readonly key: string;
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  /** True for what should change nothing: GET and HEAD. */
  readonly isRead: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly mediaType: string; readonly schema: Schema } | undefined;
  /** The last fixed part of its path. */
  readonly collection: string;
}

export interface OpenApi {
  readonly operations: readonly Operation[];
  readonly resolve: (schema: unknown) => Schema;
  /** What anybody may know, since it is documented. */
  readonly text: string;
}

const methods = ["get", "head", "post", "put", "patch", "delete"];

/** Reads an OpenAPI 3.x document. @throws TypeError when it is none, or documents no operation */
export function readOperations(document: unknown): OpenApi {
  if (!isRecord(document) || !isRecord(document.paths) || !String(document.openapi).startsWith("3.")) {
    throw new TypeError(
      "`document` is no OpenAPI 3.x document: expected an object with `openapi` and `paths`. Parse its JSON first.",
    );
  }
  const resolve = (schema: unknown): Schema => follow(document, schema);
  const operations = Object.entries(document.paths).flatMap(([path, given]) => {
    const item = resolve(given);
    return methods
      .filter((method) => isRecord(item[method]))
      .map((method) => toOperation({ method, path, item, resolve }));
  });
  if (operations.length === 0)
    throw new TypeError("The OpenAPI document has no operation, so there is nothing to prove.");
  return { operations, resolve, text: JSON.stringify(document) };
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly item: Schema;
  readonly resolve: OpenApi["resolve"];
}

function toOperation({ method, path, item, resolve }: Place): Operation {
  const described = resolve(item[method]);
  const parameters = new Map<string, Parameter>();
  for (const given of [...listOf(item.parameters), ...listOf(described.parameters)]) {
    const parameter = toParameter(resolve(given), path);
    if (parameter !== undefined) parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  for (const [, name = ""] of path.matchAll(/\{([^}]+)\}/g)) {
    if (!parameters.has(`path ${name}`)) {
      const parameter = toParameter({ name, in: "path" }, path);
      if (parameter !== undefined) parameters.set(`path ${name}`, parameter);
    }
  }
  const upper = method.toUpperCase();
  const fixed = path.split("/").filter((part) => part !== "" && !part.includes("{"));
  return {
    ...{ key: `${upper} ${path}`, method: upper, path, isRead: upper === "GET" || upper === "HEAD" },
    parameters: [...parameters.values()],
    body: toBody(resolve(described.requestBody)),
    collection: fixed.at(-1) ?? "",
  };
}

function toParameter(given: Schema, path: string): Parameter | undefined {
  const { name, in: place, required, schema } = given;
  if (typeof name !== "string" || (place !== "path" && place !== "query" && place !== "header")) return undefined;
  const before = path.split(`{${name}}`)[0] ?? "";
  const collection = place === "path" ? (before.split("/").at(-2) ?? "") : "";
  return {
    ...{ name, in: place, isRequired: place === "path" || required === true },
    schema: isRecord(schema) ? schema : {},
    collection: collection.includes("{") ? "" : collection,
  };
}

/** JSON where there is a choice: it can be made from its schema. */
function toBody({ content }: Schema): Operation["body"] {
  if (!isRecord(content)) return undefined;
  const types = Object.keys(content);
  const mediaType = types.find((type) => /[/+]json\b/.test(type)) ?? types[0];
  if (mediaType === undefined) return undefined;
  const described = content[mediaType];
  return { mediaType, schema: isRecord(described) && isRecord(described.schema) ? described.schema : {} };
}

function follow(document: Schema, schema: unknown): Schema {
  let found = schema;
  for (let depth = 0; isRecord(found) && typeof found.$ref === "string" && depth < 20; depth += 1) {
    found = found.$ref
      .replace(/^#\//, "")
      .split("/")
      .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((at, part) => (isRecord(at) ? at[part] : undefined), document);
  }
  return isRecord(found) ? found : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
