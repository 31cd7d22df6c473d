import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemShape } from "rowhouse/http";
import { openWeb, publicUrl, type Web } from "./fixture/open-web";
import { json, signUpPerson, type Person } from "./fixture/person";

let web: Web;
let ada: Person;

beforeAll(async () => {
  web = await openWeb();
  ada = await signUpPerson(web, "Routes");
});
afterAll(() => web[Symbol.asyncDispose]());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  web.request(path, json(body, { cookie: ada.cookie, ...headers }));

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  return problemShape.parse(await response.json());
}

describe("addresses and methods", () => {
  test("an unknown address is a 404 problem", async () => {
    const response = await web.request("/api/nothing/here");
    expect(response.status).toBe(404);
    expect((await problemOf(response)).code).toBe("NOT_FOUND");
  });

  test("a wrong method is a 405 problem that says which are right", async () => {
    const response = await web.request(`/api/organizations/${ada.slug}/projects`, { method: "PUT" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
    await problemOf(response);
  });

  test("OPTIONS says the methods and allows no other site", async () => {
    const response = await web.request("/api/me", { method: "OPTIONS", headers: { origin: "https://evil.example" } });
    expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("HEAD answers as GET does, without a body", async () => {
    const response = await web.request("/api/me", { method: "HEAD", headers: { cookie: ada.cookie } });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect((await web.request("/api/me", { method: "HEAD" })).status).toBe(401);
  });

  test("what is made says where it is, on the mount that was asked", async () => {
    const byPath = await post(`/api/organizations/${ada.slug}/projects`, { name: "By path" });
    const byHeader = await post("/api/projects", { name: "By header" }, { "x-organization": ada.slug });
    for (const response of [byPath, byHeader]) {
      const location = response.headers.get("location") ?? "";
      const found = await web.request(location, { headers: { cookie: ada.cookie, "x-organization": ada.slug } });
      expect(await found.json()).toEqual(await response.json());
    }
    expect(byPath.headers.get("location")).toMatch(`/api/organizations/${ada.slug}/projects/`);
    expect(byHeader.headers.get("location")).toMatch(/^\/api\/projects\//);
  });

  test("health and readiness answer to anybody", async () => {
    expect(await (await web.request("/api/health")).json()).toEqual({ status: "ok" });
    expect(await (await web.request("/api/ready")).json()).toEqual({ status: "ready" });
  });

  test("an organization's new name is kept under the old slug", async () => {
    const path = `/api/organizations/${ada.slug}`;
    const renamed = await web.request(path, {
      ...json({ name: "  Other   name " }, { cookie: ada.cookie }),
      method: "PATCH",
    });
    expect(await renamed.json()).toMatchObject({ slug: ada.slug, name: "Other name", role: "owner" });
    expect(await (await web.request(path, { headers: { cookie: ada.cookie } })).json()).toMatchObject({
      name: "Other name",
    });
  });
});

describe("bodies", () => {
  const path = "/api/organizations";

  test("a body that is not JSON by its type is 415", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "",
      "application/jsonp",
    ]) {
      expect((await post(path, { name: "X" }, { "content-type": type })).status).toBe(415);
    }
    expect((await post(path, { name: "Typed" }, { "content-type": "Application/JSON; charset=utf-8" })).status).toBe(
      201,
    );
  });

  test("malformed JSON is 400, and says nothing of what was sent", async () => {
    for (const body of ["", "{", "{'name': 1}", '{"name":"secret-word"', "\u0000", '{"name":"a"}{"name":"b"}']) {
      const response = await post(path, body);
      const problem = await problemOf(response);
      expect([response.status, problem.code]).toEqual([400, "INVALID_INPUT"]);
      expect(JSON.stringify(problem)).not.toContain("secret-word");
    }
  });

  test("bytes that are not UTF-8 are 400", async () => {
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(
      (
        await web.request(path, {
          ...json(""),
          headers: { cookie: ada.cookie, "content-type": "application/json" },
          body,
        })
      ).status,
    ).toBe(400);
  });

  test("a body is counted while it arrives and given up at 64 kB", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
    });
    const response = await web.request(path, {
      ...json(""),
      headers: { cookie: ada.cookie, "content-type": "application/json" },
      body,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(8);
    expect((await problemOf(response)).code).toBe("PAYLOAD_TOO_LARGE");
  });

  test("a body of 64 kB exactly is read", async () => {
    const name = '{"name":"Exactly"}';
    expect((await post(path, name.padEnd(64 * 1024))).status).toBe(201);
    expect((await post(path, name.padEnd(64 * 1024 + 1))).status).toBe(413);
  });
});

describe("requests of other sites", () => {
  const attempt = async (headers: Record<string, string>) =>
    (await post("/api/organizations", { name: "Cross" }, headers)).status;

  test("a change from another origin is refused with the cookie and all, and nothing is written", async () => {
    const before = await web.fingerprint();
    expect(await attempt({ origin: "https://evil.example" })).toBe(403);
    expect(await attempt({ origin: "null" })).toBe(403);
    expect(await attempt({ origin: `${publicUrl}.evil.example` })).toBe(403);
    expect(await attempt({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await attempt({ "sec-fetch-site": "same-site" })).toBe(403);
    expect(await attempt({ origin: "https://evil.example", "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await web.fingerprint()).toEqual(before);
  });

  test("a change from the product's own pages, or from a client that is no browser, is taken", async () => {
    expect(await attempt({ origin: publicUrl })).toBe(201);
    expect(await attempt({ "sec-fetch-site": "same-origin" })).toBe(201);
    expect(await attempt({})).toBe(201);
  });

  test("the refusal does not speak of a role", async () => {
    const response = await post("/api/sign-out", "", { origin: "https://evil.example" });
    expect((await problemOf(response)).detail).toMatch(/another site/);
  });
});
