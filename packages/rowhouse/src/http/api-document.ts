import { z } from "zod";

/** As much of JSON Schema as the API's own document has. */
export interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly format?: string | undefined;
  readonly description?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: JsonSchema | undefined;
  readonly additionalProperties?: JsonSchema | boolean | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
}

const schema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
  }),
);

const content = z.record(z.string(), z.object({ schema: schema.optional() })).optional();
const operation = z.object({
  summary: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()).min(1),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: schema.optional() }))
    .optional(),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
});
const documentShape = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

type Document = z.output<typeof documentShape>;
type DocumentOperation = z.output<typeof operation>;

/** One parameter of an operation's path, query or header. */
export interface ApiParameter {
  readonly name: string;
  readonly in: string;
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
}

/** A body: JSON with its schema, or a file. */
export interface ApiContent {
  readonly mediaTypes: readonly string[];
  readonly schema?: JsonSchema | undefined;
}

/** One operation of the API's OpenAPI document, for whoever shows it or writes types of it. */
export interface ApiOperation {
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  readonly description: string;
  readonly access: "public" | "user" | "organization";
  readonly parameters: readonly ApiParameter[];
  readonly body?: ApiContent | undefined;
  readonly status: number;
  /** None where there is no body. */
  readonly answer?: ApiContent | undefined;
  readonly refusals: readonly { readonly status: number; readonly description: string }[];
}

export interface ApiDocument {
  readonly operations: readonly ApiOperation[];
  /** By name, as `$ref` means them. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

/** Reads a document that `createApi` serves. */
export function parseApiDocument(document: unknown): ApiDocument {
  const { paths, components }: Document = documentShape.parse(document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => toOperation(method.toUpperCase(), path, described)),
  );
  return { operations, schemas: components.schemas };
}

function toOperation(method: string, path: string, described: DocumentOperation): ApiOperation {
  const { summary, description = "", tags, security, parameters = [], requestBody, responses } = described;
  const answers = Object.entries(responses).map(([status, answer]) => ({ ...answer, status: Number(status) }));
  const done = answers.find(({ status }) => status < 300);
  const byKey = security.some((way) => "bearer" in way);
  return {
    ...{ method, path, summary, description, group: tags[0] ?? "" },
    access: byKey ? "organization" : security.length > 0 ? "user" : "public",
    parameters: parameters.map((one) => ({
      name: one.name,
      in: one.in,
      isRequired: one.required === true,
      schema: one.schema ?? {},
    })),
    body: toContent(requestBody?.content),
    status: done?.status ?? 200,
    answer: toContent(done?.content),
    refusals: answers
      .filter(({ status }) => status >= 400)
      .map(({ status, description: refusal }) => ({ status, description: refusal })),
  };
}

function toContent(given: z.output<typeof content>): ApiContent | undefined {
  const mediaTypes = Object.keys(given ?? {});
  if (given === undefined || mediaTypes.length === 0) return undefined;
  const json = given["application/json"]?.schema;
  return { mediaTypes, schema: json?.format === "binary" ? undefined : json };
}
