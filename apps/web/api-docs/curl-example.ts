import type { ApiDocument, ApiOperation, JsonSchema } from "rowhouse/http";
import { resolve } from "@/api-docs/schema-rows";

type Schemas = ApiDocument["schemas"];

const ids = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a01";
const byName: Readonly<Record<string, string>> = {
  email: "ada@example.com",
  domain: "example.com",
  allowedDomain: "example.com",
  orgSlug: "acme",
  slug: "acme",
  name: "Website",
  title: "Write the text",
  description: "What we do",
  password: "correct horse battery",
  organization: "Acme",
  token: "the-token-of-the-link",
  addresses: "ada@example.com",
};

/** A command that sends an operation, as a person would first try it. */
export function curlExample(
  { method, path, access, parameters, body, answer }: ApiOperation,
  { schemas, publicUrl }: { readonly schemas: Schemas; readonly publicUrl: string },
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => byName[name] ?? ids);
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.isRequired);
  const search = query.map(({ name, schema }) => `${name}=${String(exampleOf(schema, { schemas, name }))}`).join("&");
  const takesKey = parameters.some(({ name }) => name === "Idempotency-Key");
  const parts = [
    `curl "${publicUrl}${filled}${search === "" ? "" : `?${search}`}"`,
    ...(method === "GET" ? [] : [`--request ${method}`]),
    ...(access === "organization" ? ['--header "Authorization: Bearer $API_KEY"'] : []),
    ...(access === "user" ? ['--cookie "$SESSION_COOKIE"'] : []),
    ...(takesKey ? ['--header "Idempotency-Key: $(uuidgen)"'] : []),
    ...bodyParts(body, schemas),
    ...(answer !== undefined && answer.schema === undefined ? ["--remote-name --remote-header-name"] : []),
  ];
  return parts.join(" \\\n  ");
}

function bodyParts(body: ApiOperation["body"], schemas: Schemas): string[] {
  if (body === undefined) return [];
  if (body.schema === undefined) return [`--header "Content-Type: ${body.mediaTypes[0]}"`, "--data-binary @logo.png"];
  const data = JSON.stringify(exampleOf(body.schema, { schemas, name: "" }));
  return ['--header "Content-Type: application/json"', `--data '${data}'`];
}

/** A value that the schema takes; of what need not be given, only the first, and only where nothing must be. */
function exampleOf(given: JsonSchema, at: { readonly schemas: Schemas; readonly name: string }): unknown {
  const schema = resolve(given, at.schemas);
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return exampleOf(choice, at);
  if (schema.enum !== undefined) return schema.enum[0];
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  if (type === "array") return [exampleOf(schema.items ?? {}, at)];
  if (type === "object") return exampleObject(schema, at.schemas);
  if (schema.format === "uuid") return ids;
  return schema.format === "date-time" ? "2030-01-31T00:00:00Z" : (byName[at.name] ?? "text");
}

function exampleObject({ properties = {}, required = [] }: JsonSchema, schemas: Schemas): Record<string, unknown> {
  const names = Object.keys(properties);
  const needed = names.filter((name) => required.includes(name));
  const shown = needed.length > 0 ? needed : names.slice(0, 1);
  return Object.fromEntries(shown.map((name) => [name, exampleOf(properties[name] ?? {}, { schemas, name })]));
}
