import { cloneDatabase } from "@rowhouse/local-postgres";
import { expect } from "vitest";
import { defineExampleTenancy, type ExampleTenancy } from "./example-tenancy.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { people, seedOrganizations } from "./seed-organizations.ts";
import { Sessions } from "./sessions.ts";

/** What an example is started with in its test. */
export interface Trial extends AsyncDisposable {
  readonly tenancy: ExampleTenancy;
  readonly sessions: Sessions;
}

/** A database of its own, with the two organizations. */
export async function openTrial(postgresUrl: string): Promise<Trial> {
  // All examples' tests use one server, whose roles have one password.
  const secret = "secret of the tests";
  const database = await cloneDatabase(postgresUrl, {
    template: "template0",
    name: `example_${process.pid}_${Date.now()}`,
  });
  const { runtimeUrl } = await prepareDatabase({ folder: import.meta.dirname, adminUrl: database.url, secret });
  const tenancy = defineExampleTenancy(runtimeUrl);
  await seedOrganizations(tenancy);
  return {
    tenancy,
    sessions: new Sessions(secret),
    [Symbol.asyncDispose]: async () => {
      await tenancy.close();
      await database.drop();
    },
  };
}

/** Sends a request to the example, wherever it listens. */
export type Send = (path: string, init: RequestInit) => Promise<Response>;

interface Project {
  readonly id: string;
  readonly name: string;
}

/** Lists, creates, and looks across: what every example does with the same requests. */
export async function tryIsolation(send: Send, sessions: Sessions): Promise<void> {
  const [ada, grace] = people.map(({ user }) => ({ cookie: sessions.cookieFor(user) }));
  const list = async (slug: string, cookies: typeof ada): Promise<Project[]> =>
    (await (await send(`/organizations/${slug}/projects`, { headers: { ...cookies } })).json()) as Project[];
  const statusOf = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await send(path, { headers })).status;

  expect((await list("acme", ada)).map(({ name }) => name)).toEqual(["Acme's first project"]);
  const [theirs] = await list("globex", grace);
  expect(theirs).toMatchObject({ name: "Globex's first project" });

  const body = JSON.stringify({ name: "Rockets", organizationId: "of another", organization_id: "of another" });
  const headers = { ...ada, "content-type": "application/json" };
  const made = await send("/organizations/acme/projects", { method: "POST", headers, body });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as Project;
  expect(await statusOf(`/organizations/acme/projects/${id}`, ada)).toBe(200);
  expect(await list("acme", ada)).toHaveLength(2);
  expect(await list("globex", grace)).toHaveLength(1);
  expect((await send("/organizations/acme/projects", { method: "POST", headers, body })).status).toBe(409);

  // what cannot be used is the caller's mistake, and never the server's
  for (const broken of ["", "null", "[1]", "{}", '{"name":', '{"name":5}', '{"name":{"set":"a"}}', '{"name":""}']) {
    expect((await send("/organizations/acme/projects", { method: "POST", headers, body: broken })).status).toBe(400);
  }
  expect(await list("acme", ada)).toHaveLength(2);

  // and so is what the framework refuses before the application sees it
  const large = JSON.stringify({ name: "x".repeat(2_000_000) });
  const refusals = [
    await send("/organizations/acme/projects", { method: "POST", headers, body: large }),
    await send("/organizations/%E0%A4%A/projects", { headers }),
    await send("/organizations/acme/projects/%E0%A4%A", { headers }),
  ];
  for (const { status, headers: answered } of refusals) {
    expect([400, 404, 413]).toContain(status);
    expect(answered.get("content-type")).toContain("application/problem+json");
  }

  // another organization's id, by one's own address; another organization's address; nobody
  expect(await statusOf(`/organizations/acme/projects/${theirs?.id}`, ada)).toBe(404);
  expect(await statusOf(`/organizations/globex/projects/${theirs?.id}`, ada)).toBe(404);
  expect(await statusOf("/organizations/globex/projects", ada)).toBe(404);
  expect(await statusOf("/organizations/acme/projects/no-uuid", ada)).toBe(400);
  expect(await statusOf("/organizations/acme/projects")).toBe(401);
  expect(await statusOf("/organizations/acme/projects", { cookie: `${ada?.cookie.slice(0, -2)}AA` })).toBe(401);
}
