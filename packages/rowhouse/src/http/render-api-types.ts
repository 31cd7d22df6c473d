import { parseApiDocument, type ApiContent, type ApiOperation, type JsonSchema } from "./api-document.ts";

/**
 * TypeScript of an OpenAPI document that `createApi` serves: the interface `Api` that `createClient` of `rowhouse/client`
 * is given. Write it to a file when the API changes; a test that compares keeps it fresh.
 */
export function renderApiTypes(document: unknown): string {
  const { operations, schemas } = parseApiDocument(document);
  const lines = operations.map(renderOperation);
  const types = Object.entries(schemas).map(([name, schema]) => ({ name, text: renderType(schema) }));
  const usesFiles = operations.some(({ answer }) => answer !== undefined && answer.schema === undefined);
  return [
    "// Written by a program from the OpenAPI document. Do not edit.",
    ...(usesFiles ? ['import type { FileAnswer } from "rowhouse/client";\n'] : []),
    ...types
      .filter(({ name }) => isUsed(name, types, lines))
      .map(({ name, text }) => `export type ${name} = ${text};\n`),
    "/** What the API offers, by method and path. */\nexport interface Api {",
    ...lines,
    "}\n",
  ].join("\n");
}

/** The shape of refusals is in no answer: the client throws them. */
function isUsed(name: string, types: readonly { name: string; text: string }[], lines: readonly string[]): boolean {
  const others = types.filter((type) => type.name !== name).map(({ text }) => text);
  return [...lines, ...others].some((text) => new RegExp(`\\b${name}\\b`).test(text));
}

function renderOperation(operation: ApiOperation): string {
  const { method, path, summary, parameters, body, answer } = operation;
  const within = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const byHeader = within("header").some(({ name }) => name === "X-Organization");
  const parts = [
    ...renderParameters("parameters", within("path")),
    ...renderParameters("query", within("query")),
    ...(byHeader ? ["organization?: string | undefined;"] : []),
    ...(body === undefined ? [] : [`body: ${renderBody(body)};`]),
    `answer: ${answer === undefined ? "undefined" : renderAnswer(answer)};`,
  ];
  return `/** ${summary.replaceAll("*/", "* /")} */\n${JSON.stringify(`${method} ${path}`)}: { ${parts.join(" ")} };`;
}

function renderParameters(name: string, parameters: ApiOperation["parameters"]): string[] {
  if (parameters.length === 0) return [];
  const isNeeded = parameters.some(({ isRequired }) => isRequired);
  const fields = parameters.map(({ name: called, isRequired, schema }) => renderField(called, schema, isRequired));
  return [`${name}${isNeeded ? "" : "?"}: { ${fields.join(" ")} };`];
}

function renderBody({ schema }: ApiContent): string {
  return schema === undefined ? "Blob | Uint8Array" : renderType(schema);
}

function renderAnswer({ schema }: ApiContent): string {
  return schema === undefined ? "FileAnswer" : renderType(schema);
}

function renderType(schema: JsonSchema): string {
  const { $ref, enum: values, anyOf, oneOf, type } = schema;
  if ($ref !== undefined) return $ref.split("/").at(-1) ?? "unknown";
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return choices.map(renderType).join(" | ");
  const types = typeof type === "string" ? [type] : (type ?? []);
  if (types.length === 0) return "unknown";
  return types.map((one) => renderOne(one, schema)).join(" | ");
}

function renderOne(
  type: string,
  { properties = {}, required = [], items = {}, additionalProperties }: JsonSchema,
): string {
  if (type === "integer") return "number";
  if (type === "array") return `(${renderType(items)})[]`;
  if (type !== "object") return type;
  const fields = Object.entries(properties).map(([name, schema]) => renderField(name, schema, required.includes(name)));
  if (fields.length > 0) return `{ ${fields.join(" ")} }`;
  return `Record<string, ${typeof additionalProperties === "object" ? renderType(additionalProperties) : "unknown"}>`;
}

function renderField(name: string, schema: JsonSchema, isNeeded: boolean): string {
  const type = renderType(schema);
  if (isNeeded) return `${JSON.stringify(name)}: ${type};`;
  return `${JSON.stringify(name)}?: ${type}${type === "unknown" ? "" : " | undefined"};`;
}
