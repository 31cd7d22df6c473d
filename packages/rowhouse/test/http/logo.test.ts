import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { openHttp, type Http } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let base: string;
let png: Uint8Array;

beforeAll(async () => {
  http = await openHttp();
  png = await sharp({ create: { width: 40, height: 40, channels: 3, background: "red" } })
    .png()
    .toBuffer();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(async () => {
  acme = await http.staffed();
  base = `/api/organizations/${acme.slug}`;
});

const upload = (body: Uint8Array | string, type = "image/png") =>
  http.send(acme.owner, `PUT ${base}/logo`, { body, headers: { "content-type": type } });

describe("a logo", () => {
  it("is taken, served re-encoded under its version for ever, and removed", async () => {
    expect((await http.send(acme.owner, `GET ${base}/logo`)).status).toBe(404);
    const taken = await upload(png);
    expect(taken.status).toBe(200);
    const served = await http.send(acme.member, `GET ${base}/logo?v=${String(taken.body.version)}`);
    expect([served.status, served.headers.get("content-type")]).toEqual([200, "image/webp"]);
    expect(served.headers.get("cache-control")).toContain("immutable");
    expect((await http.send(acme.member, `GET ${base}`)).body).toMatchObject({ hasLogo: true });
    expect((await http.send(acme.owner, `DELETE ${base}/logo`)).status).toBe(204);
    expect((await http.send(acme.owner, `GET ${base}/logo`)).status).toBe(404);
  });

  it("is what its content is, whatever its type says", async () => {
    const svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    for (const [content, type] of [
      [svg, "image/svg+xml"],
      [svg, "image/png"],
      ["no picture", "image/png"],
      ["", "image/png"],
    ] as const) {
      const { status } = await upload(content, type);
      expect([content, status >= 400 && status < 500]).toEqual([content, true]);
    }
    expect((await upload(png, "text/plain")).status).toBe(200);
  });

  it("above 1 MB is 413, before it is looked at", async () => {
    expect((await upload(new Uint8Array(1024 * 1024 + 1))).status).toBe(413);
  });

  it("belongs to its organization: another's members see none", async () => {
    await upload(png);
    const globex = await http.staffed();
    expect((await http.send(globex.owner, `GET ${base}/logo`)).status).toBe(404);
  });
});
