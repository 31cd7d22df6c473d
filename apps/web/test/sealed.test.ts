import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openNightly } from "@/jobs/nightly";
import { fileStore } from "@/organization-settings/file-store";
import { webSettings } from "@/settings";
import { openWeb, type Web } from "./fixture/open-web";
import { join, json, signUpPerson, type Person } from "./fixture/person";

let web: Web;
let ada: Person;
let grace: Person;

beforeAll(async () => {
  web = await openWeb({ sealKey: "q7Wd3Zx9Lk2Vb8Nm4Rt6Yp1Hs5Gf0JcA" });
  ada = await signUpPerson(web, "Acme");
  grace = await signUpPerson(web, "Globex");
});

afterAll(() => web[Symbol.asyncDispose]());

const send = (person: Person, path: string, init: RequestInit = {}) =>
  web.request(path, { ...init, headers: { ...init.headers, cookie: person.cookie, origin: "http://localhost:3999" } });

test("with SEAL_KEY people sign up, work in their organization, and reach no other", async () => {
  const projects = `/api/organizations/${ada.slug}/projects`;
  const made = await send(ada, projects, json({ name: "Rockets" }));
  expect(made.status).toBe(201);
  const { id } = z.object({ id: z.uuid() }).parse(await made.json());
  expect((await send(ada, `${projects}/${id}`)).status).toBe(200);
  expect((await send(grace, `${projects}/${id}`)).status).toBe(404);
  expect((await send(grace, `/api/organizations/${grace.slug}/projects/${id}`)).status).toBe(404);
  await join(ada, grace, "viewer");
  expect((await send(grace, `${projects}/${id}`)).status).toBe(200);
  await using nightly = openNightly({ operatorUrl: webSettings().operatorUrl ?? "", files: fileStore() });
  const run = { attempt: 1, isLastAttempt: false, signal: new AbortController().signal };
  for (const task of Object.values(nightly.tasks)) await task.run({}, run);
});

test("whoever names an organization in SQL and has no seal sees none of it", async () => {
  const client = new pg.Client({ connectionString: webSettings().runtimeUrl });
  await client.connect();
  const { rows } = await web.admin.query<{ id: string }>("select id from rowhouse.organizations where slug = $1", [
    ada.slug,
  ]);
  await client.query("begin");
  await client.query("select set_config('rowhouse.organization_id', $1, true)", [rows[0]?.id]);
  expect((await client.query("select from projects")).rowCount).toBe(0);
  await client.end();
  expect((await web.admin.query("select from projects")).rowCount).toBeGreaterThan(0);
});
