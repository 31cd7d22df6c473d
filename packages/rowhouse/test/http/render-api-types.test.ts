import { afterAll, beforeAll, expect, it } from "vitest";
import { renderApiTypes } from "../../src/http/index.ts";
import { openHttp, type Http } from "./http-fixture.ts";

let http: Http;
let rendered: string;

beforeAll(async () => {
  http = await openHttp();
  rendered = renderApiTypes((await http.send(null, "GET /api/openapi.json")).body);
});
afterAll(() => http[Symbol.asyncDispose]());

const lineOf = (operation: string) =>
  rendered.split("\n").find((line) => line.startsWith(`${JSON.stringify(operation)}:`));

it("every operation has its parameters, its body and its answer", () => {
  expect(lineOf("PATCH /api/organizations/{orgSlug}/members/{userId}")).toBe(
    '"PATCH /api/organizations/{orgSlug}/members/{userId}": { parameters: { "orgSlug": string; "userId": string; }; ' +
      'body: { "role": "owner" | "admin" | "member" | "viewer"; "reason"?: string | undefined; }; answer: Member; };',
  );
  for (const { endpoint, path } of http.mounted)
    expect(lineOf(`${endpoint.method.toUpperCase()} ${path}`)).toBeDefined();
});

it("what need not be given is optional, and what is needed is not", () => {
  expect(lineOf("GET /api/domains")).toContain("query?: {");
  expect(lineOf("GET /api/slug")).toContain('query: { "slug": string; };');
  expect(lineOf("GET /api/members")).toContain("organization?: string | undefined;");
  expect(lineOf("GET /api/organizations")).not.toContain("organization?:");
});

it("files and empty answers are told from JSON", () => {
  expect(lineOf("GET /api/audit/export")).toContain("answer: FileAnswer;");
  expect(lineOf("PUT /api/logo")).toContain("body: Blob | Uint8Array;");
  expect(lineOf("POST /api/leave")).toContain("answer: undefined;");
  expect(rendered).toContain('import type { FileAnswer } from "rowhouse/client";');
});

it("named shapes are written once, and the one of refusals, which the client throws, not at all", () => {
  expect(rendered.match(/^export type Member = /gm)).toHaveLength(1);
  expect(rendered).not.toContain("export type Problem");
});
