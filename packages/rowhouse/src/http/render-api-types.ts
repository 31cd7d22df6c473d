import {
  parseApiDocument,
  type ApiContent,
  type ApiDocument,
  type ApiOperation,
  type JsonSchema,
} from "./api-document.ts";

/**
 * TypeScript of an OpenAPI document that `createApi` serves: the interface `Api` that `createClient` of `rowhouse/client`
 * is given. Write it to a file when the API changes; a test that compares keeps it fresh.
 */
export function renderApiTypes(document: unknown): string {
  const parsed = parseApiDocument(document);
  const usesFiles = parsed.operations.some(({ answer }) => answer !== undefined && answer.schema === undefined);
  return [
    "// Written by a program from the OpenAPI document. Do not edit.",
    ...(usesFiles ? ['import type { FileAnswer } from "rowhouse/client";'] : []),
    ...renderSchemas(parsed),
    `/** What the API offers, by method and path. */\nexport interface Api {`,
    ...parsed.operations.map(renderOperation),
    "}\n",
  ].join("\n");
}

function renderSchemas({ schemas }: ApiDocument): string[] {
  return Object.entries(schemas).map(([name, schema]) => `export type ${name} = ${renderType(schema)};\n`);
}

function renderOperation(operation: ApiOperation): string {
  const { method, path, summary, parameters, body, answer } = operation;
  const within = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const byHeader = within("header").some(({ name }) => name === "X-Organization");
  const parts = [
    ...renderParameters("parameters", within("path")),
    ...renderParameters("query", within("query")),
    ...(byHeader ? ["organization?: string;"] : []),
    ...(body === undefined ? [] : [`body: ${renderBody(body)};`]),
    `answer: ${answer === undefined ? "undefined" : renderAnswer(answer)};`,
  ];
  return `/** ${summary.replaceAll("*/", "* /")} */\n${JSON.stringify(`${method} ${path}`)}: { ${parts.join(" ")} };`;
}

function renderParameters(name: string, parameters: ApiOperation["parameters"]): string[] {
  if (parameters.length === 0) return [];
  const isNeeded = parameters.some(({ isRequired }) => isRequired);
  const fields = parameters.map(
    (one) =>
      `${JSON.stringify(one.name)}${one.isRequired ? "" : "?"}: ${renderType(one.schema)}${one.isRequired ? "" : " | undefined"};`,
  );
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
  const fields = Object.entries(properties).map(([name, schema]) => {
    const isNeeded = required.includes(name);
    return `${JSON.stringify(name)}${isNeeded ? "" : "?"}: ${renderType(schema)}${isNeeded ? "" : " | undefined"};`;
  });
  if (fields.length > 0) return `{ ${fields.join(" ")} }`;
  return `Record<string, ${typeof additionalProperties === "object" ? renderType(additionalProperties) : "unknown"}>`;
}
