import { format, resolveConfig } from "prettier";
import { createClient } from "rowhouse/client";
import { renderApiTypes } from "rowhouse/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "@/api/generated/api";
import { openWeb, publicUrl, type Web } from "./fixture/open-web";
import { json, signUpPerson } from "./fixture/person";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web[Symbol.asyncDispose]());

const file = new URL("../api/generated/api.ts", import.meta.url).pathname;

test("the client's types are those of the API as it is; --update writes them anew", async () => {
  const document: unknown = await (await web.request("/api/openapi.json")).json();
  const options = { ...(await resolveConfig(file)), parser: "typescript" };
  await expect(await format(renderApiTypes(document), options)).toMatchFileSnapshot(file);
});

test("the client makes and lists projects by a key, with the product's own types", async () => {
  const ada = await signUpPerson(web, "Client");
  const scopes = ["projects:read", "projects:create", "tasks:create", "tasks:read"];
  const made = await web.request(
    `/api/organizations/${ada.slug}/api-keys`,
    json({ name: "Client", scopes }, { cookie: ada.cookie }),
  );
  const { key } = (await made.json()) as Api["POST /api/api-keys"]["answer"];
  const client = createClient<Api>({
    baseUrl: publicUrl,
    bearer: key,
    fetch: (request) => web.request(new URL(request.url).pathname + new URL(request.url).search, request),
  });
  const { id: projectId } = await client.call("POST /api/projects", { body: { name: "Website" } });
  const task = await client.call("POST /api/projects/{projectId}/tasks", {
    parameters: { projectId },
    body: { title: "Write the text" },
  });
  expect(task).toMatchObject({ projectId, title: "Write the text", completedAt: null });
  const names: string[] = [];
  for await (const { name } of client.items("GET /api/projects", { query: { sort: "name" } })) names.push(name);
  expect(names).toEqual(["Website"]);
  const denied = client.call("DELETE /api/projects/{projectId}", { parameters: { projectId } });
  await expect(denied).rejects.toMatchObject({ code: "FORBIDDEN" });
});
