import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, openHttp, type Http } from "./http-fixture.ts";

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

describe("an organization", () => {
  it("is made by a person, who owns it, and is where its answer says", async () => {
    const person = uuidv7();
    const made = await http.send(person, "POST /api/organizations", { body: { name: "Brand New" } });
    expect(made).toMatchObject({ status: 201, body: { name: "Brand New", role: "owner" } });
    const place = made.headers.get("location");
    expect(place).toBe(`/api/organizations/${String(made.body.slug)}`);
    const read = await http.send(person, `GET ${place}`);
    expect(read.body).toEqual({ ...made.body, description: "", hasLogo: false });
    const list = await http.send(person, "GET /api/organizations");
    expect(itemsOf(list)).toEqual([made.body]);
    const [owner] = itemsOf(await http.send(person, `GET ${place}/members`));
    expect(owner).toMatchObject({ userId: person, name: "Petra Person", email: `${person}@people.test` });
  });

  it("without a usable name is refused beside the name", async () => {
    for (const name of ["", " ", "x".repeat(101), 7, undefined]) {
      const answer = await http.send(acme.owner, "POST /api/organizations", { body: { name } });
      expect([answer.status, fieldsOf(answer)]).toEqual([400, ["name"]]);
    }
  });

  it("changes its name and description, and an empty change is refused", async () => {
    const body = { name: "Acme Renamed", description: "Makes anvils" };
    expect(await http.send(acme.owner, `PATCH ${base}`, { body })).toMatchObject({ status: 200, body });
    expect((await http.send(acme.member, `GET ${base}`)).body).toMatchObject({
      ...body,
      slug: acme.slug,
      role: "member",
    });
    const empty = await http.send(acme.owner, `PATCH ${base}`, { body: {} });
    expect([empty.status, fieldsOf(empty)]).toEqual([400, ["name"]]);
  });

  it("is read by HEAD as by GET, without a body", async () => {
    const head = await http.send(acme.owner, `HEAD ${base}`);
    expect([head.status, head.text]).toEqual([200, ""]);
  });

  it("of the path is not moved by a header that names another", async () => {
    const globex = await http.staffed();
    const headers = { "x-organization": globex.slug };
    expect((await http.send(acme.owner, `GET ${base}`, { headers })).body).toMatchObject({ id: acme.id });
  });

  it("is named by the header where the path names none", async () => {
    const headers = { "x-organization": acme.slug };
    expect((await http.send(acme.owner, "GET /api/organization", { headers })).body).toMatchObject({ id: acme.id });
    expect((await http.send(acme.owner, "GET /api/organization")).status).toBe(404);
  });

  it("that is suspended is refused by name to its members, and does not exist for others", async () => {
    await http.sql("update rowhouse.organizations set status = 'suspended' where id = $1", [acme.id]);
    expect(await http.send(acme.owner, `GET ${base}`)).toMatchObject({
      status: 403,
      body: { code: "ORGANIZATION_SUSPENDED" },
    });
    expect(await http.send(uuidv7(), `GET ${base}`)).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
  });
});

describe("a slug", () => {
  const state = async (slug: string) => (await http.send(acme.owner, `GET ${base}/slug?slug=${slug}`)).body.state;

  it("is said to be free, one's own, taken, reserved or malformed", async () => {
    const globex = await http.staffed();
    const free = `free-${acme.slug}`;
    expect([
      await state(free),
      await state(acme.slug),
      await state(globex.slug),
      await state("api"),
      await state("-"),
    ]).toEqual(["free", "yours", "taken", "reserved", "malformed"]);
    expect(fieldsOf(await http.send(acme.owner, `GET ${base}/slug`))).toEqual(["slug"]);
  });

  it("that another organization has is 409, and a malformed one 400", async () => {
    const globex = await http.staffed();
    const put = (slug: string) => http.send(acme.owner, `PUT ${base}/slug`, { body: { slug } });
    expect((await put(globex.slug)).status).toBe(409);
    expect((await put("No Slug")).status).toBe(400);
    expect((await http.send(acme.owner, `GET ${base}`)).body).toMatchObject({ slug: acme.slug });
  });

  it("that was given up is served, and every answer says which it is now", async () => {
    const now = `${acme.slug}-now`;
    expect((await http.send(acme.owner, `PUT ${base}/slug`, { body: { slug: now } })).body).toMatchObject({
      slug: now,
    });
    const read = await http.send(acme.owner, `GET ${base}`);
    expect([read.status, read.body.slug]).toEqual([200, now]);
    expect(read.headers.get("link")).toBe(`</api/organizations/${now}>; rel="canonical"`);
    expect(read.headers.get("x-organization")).toBe(now);
    const made = await http.send(acme.owner, `POST ${base}/service-accounts`, {
      body: { name: "Bot", role: "viewer" },
    });
    expect(made.headers.get("location")).toMatch(new RegExp(`^/api/organizations/${now}/service-accounts/`));
    const current = await http.send(acme.owner, `GET /api/organizations/${now}`);
    expect([current.headers.get("link"), current.headers.get("x-organization")]).toEqual([null, null]);
  });

  it("that was given up is served in the header as well, which says the new name and no address", async () => {
    const now = `${acme.slug}-now`;
    await http.send(acme.owner, `PUT ${base}/slug`, { body: { slug: now } });
    const read = await http.send(acme.owner, "GET /api/organization", { headers: { "x-organization": acme.slug } });
    expect([read.status, read.headers.get("link"), read.headers.get("x-organization")]).toEqual([200, null, now]);
  });

  it("that was given up says nothing to a stranger", async () => {
    await http.send(acme.owner, `PUT ${base}/slug`, { body: { slug: `${acme.slug}-now` } });
    const { status, headers, text } = await http.send(uuidv7(), `GET ${base}`);
    const unknown = await http.send(uuidv7(), "GET /api/organizations/no-such-organization");
    expect([status, headers.get("link"), headers.get("x-organization"), text]).toEqual([404, null, null, unknown.text]);
  });
});

describe("the table of permissions", () => {
  it("shows every role, and what the caller may do", async () => {
    const { body } = await http.send(acme.member, `GET ${base}/permissions`);
    expect(body.own).toEqual([
      "organization:read",
      "members:read",
      "api-keys:read",
      "api-keys:create",
      "projects:read",
    ]);
    const rows = itemsOf({ ...(await http.send(acme.owner, `GET ${base}/permissions`)) });
    const roles = { owner: true, admin: true, member: true, viewer: false };
    expect(rows).toContainEqual({ resource: "projects", action: "read", roles });
  });

  it("shows a key what the key may do, not its maker", async () => {
    const bearer = await http.key(acme, ["organization:read"]);
    expect((await http.send({ bearer }, `GET ${base}/permissions`)).body.own).toEqual(["organization:read"]);
  });
});
