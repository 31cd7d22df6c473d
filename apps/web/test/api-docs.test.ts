import { listEndpoints, type JsonSchema } from "rowhouse/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOptions } from "@/api/api";
import { curlExample } from "@/api-docs/curl-example";
import { operationAnchor } from "@/api-docs/operation-groups";
import { readApi } from "@/api-docs/read-api";
import { listSchemaRows, typeText } from "@/api-docs/schema-rows";
import { tenancy } from "@/tenancy/tenancy";
import { openWeb, publicUrl, type Web } from "./fixture/open-web";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web[Symbol.asyncDispose]());

const shown = async () => (await readApi()).groups.flatMap(({ operations }) => operations);

test("the documentation has every operation once, each under an address of its own", async () => {
  const operations = await shown();
  const lines = operations.map(({ method, path }) => `${method} ${path}`);
  const there = listEndpoints(tenancy(), apiOptions())
    .filter(({ endpoint, path }) => endpoint.access !== "organization" || path.includes("{orgSlug}"))
    .map(({ endpoint, path }) => `${endpoint.method.toUpperCase()} ${path}`);
  expect(lines.sort()).toEqual(there.sort());
  expect(new Set(operations.map(operationAnchor)).size).toBe(operations.length);
});

test("the body of each example is one that its operation takes", async () => {
  const { schemas } = await readApi();
  const endpoints = listEndpoints(tenancy(), apiOptions());
  const refused: string[] = [];
  for (const operation of await shown()) {
    const sent = /--data '(.+)'/.exec(curlExample(operation, { schemas, publicUrl }))?.[1];
    const found = endpoints.find(
      ({ endpoint, path }) => path === operation.path && endpoint.method.toUpperCase() === operation.method,
    );
    expect(sent !== undefined).toBe(found?.endpoint.body !== undefined);
    const result = sent === undefined ? undefined : found?.endpoint.body?.safeParse(JSON.parse(sent));
    if (result?.success === false) refused.push(`${operation.path}: ${sent}`);
  }
  expect(refused).toEqual([]);
});

test("the fields of a body are listed from the outside to the inside, and of alternatives all of them", async () => {
  const { schemas } = await readApi();
  const rows = listSchemaRows(
    {
      type: "object",
      required: ["items"],
      properties: {
        items: { type: "array", items: { $ref: "#/components/schemas/Organization" } },
        next: { type: ["string", "null"], description: "A cursor." },
      },
    },
    schemas,
  );
  expect(rows.map(({ path, isRequired }) => [path, isRequired])).toEqual([
    ["items", true],
    ["items[].id", true],
    ["items[].slug", true],
    ["items[].name", true],
    ["next", false],
  ]);
  expect(rows.map(({ type }) => type)).toEqual(["object[]", "string (uuid)", "string", "string", "string | null"]);
  const either: JsonSchema = {
    oneOf: [
      { type: "object", required: ["ok", "head"], properties: { ok: { enum: [true] }, head: { type: "string" } } },
      { type: "object", required: ["ok"], properties: { ok: { enum: [false] } } },
    ],
  };
  expect(listSchemaRows(either, schemas)).toMatchObject([
    { path: "ok", type: "true | false", isRequired: true },
    { path: "head", isRequired: false },
  ]);
  expect(typeText({ type: "array", items: { enum: ["csv", "json"] } }, schemas)).toBe('("csv" | "json")[]');
});
