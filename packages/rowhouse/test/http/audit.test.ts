import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createApi } from "../../src/http/index.ts";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, openHttp, publicUrl, type Http } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let base: string;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(async () => {
  acme = await http.staffed();
  base = `/api/organizations/${acme.slug}`;
});

const rename = (name: string, headers = {}) => http.send(acme.owner, `PATCH ${base}`, { body: { name }, headers });

describe("the audit log", () => {
  it("says who did what and from where, with the request's own id", async () => {
    const answer = await rename("Renamed", { "x-request-id": "my-request.1", "user-agent": "a test" });
    expect(answer.headers.get("x-request-id")).toBe("my-request.1");
    const [event] = itemsOf(await http.send(acme.owner, `GET ${base}/audit?limit=1`));
    expect(event).toMatchObject({
      actor: { kind: "user", id: acme.owner },
      after: { name: "Renamed" },
      requestId: "my-request.1",
      userAgent: "a test",
      ip: null,
    });
  });

  it("keeps no request id that could be something else than an id", async () => {
    const answer = await rename("Renamed", { "x-request-id": "two words <b>" });
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("keeps the address that the application says the request is from", async () => {
    const api = createApi(http.tenancy, { publicUrl, rateLimits: false, origin: () => ({ ip: "192.0.2.7" }) });
    const headers = { cookie: `user=${acme.owner}`, "content-type": "application/json" };
    const body = JSON.stringify({ name: "Renamed" });
    expect((await api.request(`${publicUrl}${base}`, { method: "PATCH", headers, body })).status).toBe(200);
    const [event] = itemsOf(await http.send(acme.owner, `GET ${base}/audit?limit=1`));
    expect(event).toMatchObject({ ip: "192.0.2.7", requestId: null });
  });

  it("is narrowed, and refused beside a filter that is none", async () => {
    await rename("Renamed");
    const found = itemsOf(
      await http.send(acme.owner, `GET ${base}/audit?actor=${acme.owner}&action=organization.updated`),
    );
    expect(found).toHaveLength(1);
    const bad = await http.send(acme.owner, `GET ${base}/audit?from=yesterday`);
    expect([bad.status, fieldsOf(bad)]).toEqual([400, ["from"]]);
  });

  it("is said to be whole, and says so no longer of a head that was another", async () => {
    await rename("Renamed");
    const whole = await http.send(acme.owner, `GET ${base}/audit/verification`);
    expect(whole.body).toMatchObject({ ok: true, events: 2 });
    const head = String(whole.body.head);
    await rename("Again");
    expect((await http.send(acme.owner, `GET ${base}/audit/verification?expect=${head}`)).body).toMatchObject({
      ok: true,
    });
    const other = "0".repeat(64);
    const wrong = await http.send(acme.owner, `GET ${base}/audit/verification?expect=${other}`);
    expect(wrong.body).toMatchObject({ ok: false, problem: "head-mismatch" });
    expect(fieldsOf(await http.send(acme.owner, `GET ${base}/audit/verification?expect=x`))).toEqual(["expect"]);
  });
});

describe("an export of the audit log", () => {
  it("is a CSV to be saved, oldest first, and that it was made is an event of the log", async () => {
    await rename("Renamed");
    const answer = await http.send(acme.owner, `GET ${base}/audit/export?format=csv`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${acme.slug}-audit.csv"`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const lines = answer.text.trim().split(/\r?\n/);
    expect(lines[1]).toContain("organization.created");
    expect(lines[2]).toContain("organization.updated");
    expect((await acme.actions()).at(-1)).toBe("audit.exported");
  });

  it("is JSON with the same events", async () => {
    await rename("Renamed");
    const { text, headers } = await http.send(acme.owner, `GET ${base}/audit/export?format=json`);
    expect(headers.get("content-type")).toBe("application/json");
    const events = z.array(z.object({ action: z.string() })).parse(JSON.parse(text));
    expect(events.map(({ action }) => action).slice(0, 2)).toEqual(["organization.created", "organization.updated"]);
  });

  it("of another form, or by a bad filter, is refused before the first byte", async () => {
    expect(fieldsOf(await http.send(acme.owner, `GET ${base}/audit/export?format=pdf`))).toEqual(["format"]);
    expect(fieldsOf(await http.send(acme.owner, `GET ${base}/audit/export?format=csv&from=yesterday`))).toEqual([
      "from",
    ]);
    expect((await http.send(acme.member, `GET ${base}/audit/export?format=csv`)).status).toBe(403);
  });

  it("begins with HEAD nothing: no body, and no event", async () => {
    const before = await acme.actions();
    const head = await http.send(acme.owner, `HEAD ${base}/audit/export?format=csv`);
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(await acme.actions()).toEqual(before);
  });

  it("comes in pieces; a reader who goes away gives the connection back and is no fault of the server", async () => {
    for (let n = 0; n < 5; n += 1) await rename(`Name ${n}`);
    const api = createApi(http.tenancy, { publicUrl, rateLimits: false, onFault: (error) => http.faults.push(error) });
    const headers = { cookie: `user=${acme.owner}` };
    for (let n = 0; n < 20; n += 1) {
      const { body } = await api.request(`${publicUrl}${base}/audit/export?format=json`, { headers });
      const reader = body?.getReader();
      expect((await reader?.read())?.done).toBe(false);
      await reader?.cancel();
    }
    await expect
      .poll(() => http.tenancy.connections().total - http.tenancy.connections().idle, { timeout: 15_000 })
      .toBe(0);
    expect(http.faults).toEqual([]);
  });
});
