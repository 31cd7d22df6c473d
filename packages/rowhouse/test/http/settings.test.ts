import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, openHttp, type Http } from "./http-fixture.ts";

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

const put = (body: object, key = "weekStart") => http.send(acme.owner, `PUT ${base}/settings/${key}`, { body });
const read = async () => (await http.send(acme.owner, `GET ${base}/settings`)).body;

describe("a setting", () => {
  it("holds its default, then what was chosen, with its version", async () => {
    expect(await read()).toEqual({ values: { weekStart: "monday" }, versions: { weekStart: 0 } });
    expect((await put({ value: "sunday", version: 0 })).body).toEqual({
      key: "weekStart",
      value: "sunday",
      version: 1,
    });
    expect(await read()).toEqual({ values: { weekStart: "sunday" }, versions: { weekStart: 1 } });
  });

  it("is not overwritten by whoever read it before: 409", async () => {
    await put({ value: "sunday", version: 0 });
    const late = await put({ value: "monday", version: 0 });
    expect([late.status, fieldsOf(late)]).toEqual([409, ["weekStart"]]);
    expect(await read()).toMatchObject({ values: { weekStart: "sunday" } });
  });

  it("of two choices at once by the same version takes one", async () => {
    const both = await Promise.all([put({ value: "sunday", version: 0 }), put({ value: "sunday", version: 0 })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("with a value that it may not have, or none, is refused beside it", async () => {
    expect(fieldsOf(await put({ value: "friday" }))).toEqual(["weekStart"]);
    expect(fieldsOf(await put({}))).toEqual(["value"]);
    expect(fieldsOf(await put({ value: "sunday", version: 0.5 }))).toEqual(["version"]);
  });

  it("that nobody defined is 404, also by a name of every object", async () => {
    for (const key of ["nothing", "constructor", "__proto__", "toString"])
      expect([key, (await put({ value: 1 }, key)).status]).toEqual([key, 404]);
  });
});

it("an API without settings has no such address", async () => {
  const send = http.open({ settings: undefined });
  expect((await send(acme.owner, `GET ${base}/settings`)).status).toBe(404);
});
