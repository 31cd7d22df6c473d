import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, madeId, openHttp, type Http } from "./http-fixture.ts";

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

const make = (name = "Robot", role = "member") =>
  http.send(acme.owner, `POST ${base}/service-accounts`, { body: { name, role } });

describe("a service account", () => {
  it("is made, read where its answer says, listed and renamed", async () => {
    const made = await make();
    expect(made).toMatchObject({
      status: 201,
      body: { name: "Robot", role: "member", status: "active", createdBy: acme.owner },
    });
    const place = made.headers.get("location");
    expect((await http.send(acme.owner, `GET ${place}`)).body).toEqual(made.body);
    expect(itemsOf(await http.send(acme.owner, `GET ${base}/service-accounts`))).toEqual([made.body]);
    const body = { name: "Deployer", role: "viewer", reason: "tidy" };
    expect((await http.send(acme.owner, `PATCH ${place}`, { body })).body).toMatchObject({
      name: "Deployer",
      role: "viewer",
    });
    expect(await acme.actions()).toHaveLength(3);
  });

  it("is never an owner, and never without a name", async () => {
    expect(fieldsOf(await make("Robot", "owner"))).toEqual(["role"]);
    expect(fieldsOf(await make(" "))).toEqual(["name"]);
    const empty = await http.send(acme.owner, `PATCH ${base}/service-accounts/${madeId(await make())}`, { body: {} });
    expect([empty.status, fieldsOf(empty)]).toEqual([400, ["name"]]);
  });

  it("with the name of another is 409", async () => {
    await make();
    expect((await make()).status).toBe(409);
  });

  it("acts by its key with its own role, not at all while disabled, and again when enabled", async () => {
    const serviceAccountId = madeId(await make());
    const body = { name: "Key", scopes: ["organization:read", "members:read"], serviceAccountId };
    const { key } = (await http.send(acme.owner, `POST ${base}/api-keys`, { body })).body;
    const reads = async () => (await http.send({ bearer: String(key) }, "GET /api/members")).status;
    const change = (what: string) =>
      http.send(acme.owner, `POST ${base}/service-accounts/${serviceAccountId}/${what}`, { body: {} });
    expect(await reads()).toBe(200);
    expect((await change("disable")).body).toMatchObject({ status: "disabled" });
    expect(await reads()).toBe(401);
    expect((await change("enable")).body).toMatchObject({ status: "active" });
    expect(await reads()).toBe(200);
  });

  it("of another organization is an unknown one", async () => {
    const id = madeId(await make());
    const globex = await http.staffed();
    for (const [method, place, body] of [
      ["GET", "", undefined],
      ["PATCH", "", { name: "Mine" }],
      ["POST", "/disable", {}],
    ] as const) {
      const line = `${method} /api/organizations/${globex.slug}/service-accounts/${id}${place}`;
      expect([method, (await http.send(globex.owner, line, { body })).status]).toEqual([method, 404]);
    }
  });
});
