import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { deflateSync, crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getOrganizationProfile } from "../../src/index.ts";
import {
  filesOf,
  folderStore,
  largestLogo,
  logoVersion,
  removeLogo,
  serveLogo,
  setLogo,
  type FileStore,
} from "../../src/files/index.ts";
import { codeAndFieldsOf } from "../fixture/code-of.ts";
import { openPeople, type People, type Staffed } from "../members/people.ts";

let people: People;
let folder: string;
let store: FileStore;

beforeAll(async () => {
  people = await openPeople();
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-logos-"));
  store = folderStore({ folder });
});

afterAll(async () => {
  await people[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function picture(width = 600, height = 300): Sharp {
  return sharp({ create: { width, height, channels: 4, background: "#c0ffee" } });
}

/** A PNG whose header claims a size, with as many rows of zeros as are asked for. */
function claimingPng(width: number, height: number, rows = 1): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc((width + 1) * rows), { level: 9 });
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", data),
    chunk("IEND"),
  ]);
}

function chunk(kind: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

async function logoOf(organization: Staffed): Promise<string | null> {
  return (await organization.as(organization.owner, (tenant) => getOrganizationProfile(tenant))).logoKey;
}

async function storedFiles({ id }: Staffed): Promise<string[]> {
  return (await readdir(path.join(folder, id, "logos"))).map((name) => `${id}/logos/${name}`);
}

function set(organization: Staffed, bytes: Uint8Array, into = store): Promise<{ logoKey: string }> {
  return organization.as(organization.owner, (tenant) => setLogo(tenant, into, bytes));
}

describe("a logo", () => {
  it.each(["png", "jpeg", "webp"] as const)("of %s becomes WebP of at most 256 × 256", async (format) => {
    const organization = await people.staffed(`Logo ${format}`);
    const { logoKey } = await set(organization, await picture().toFormat(format).toBuffer());
    expect(logoKey.startsWith(`${organization.id}/logos/`)).toBe(true);
    expect(await logoOf(organization)).toBe(logoKey);
    const metadata = await sharp((await store.get(logoKey)) ?? new Uint8Array()).metadata();
    expect([metadata.format, metadata.width, metadata.height]).toEqual(["webp", 256, 128]);
  });

  it("keeps nothing of the file but the picture, turned as its camera meant", async () => {
    const organization = await people.staffed("Stripped");
    const bytes = await picture(600, 300)
      .flatten()
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { Copyright: "exif-secret" }, IFD3: { GPSLatitude: "52/1 30/1 0/1" } })
      .toBuffer();
    expect(bytes.includes("exif-secret")).toBe(true);
    const script = Buffer.from("<script>alert(1)</script>");
    const { logoKey } = await set(organization, Buffer.concat([bytes, script]));
    const stored = Buffer.from((await store.get(logoKey)) ?? []);
    expect([stored.includes("exif-secret"), stored.includes("<script>")]).toEqual([false, false]);
    const { width, height, exif, orientation } = await sharp(stored).metadata();
    expect([width, height, exif, orientation]).toEqual([128, 256, undefined, undefined]);
  });

  it("that is small stays as small, and a line of pixels is still a picture", async () => {
    const organization = await people.staffed("Small");
    const sizeOf = async (bytes: Uint8Array) => {
      const { logoKey } = await set(organization, bytes);
      const { width, height } = await sharp((await store.get(logoKey)) ?? new Uint8Array()).metadata();
      return [width, height];
    };
    expect(await sizeOf(await picture(16, 8).png().toBuffer())).toEqual([16, 8]);
    expect(await sizeOf(await picture(5000, 1).png().toBuffer())).toEqual([256, 1]);
  });

  it("is known by its content: anything but PNG, JPEG and WebP is refused, whatever it pretends", async () => {
    const organization = await people.staffed("Refused");
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const others = [
      svg,
      Buffer.from(""),
      Buffer.from("GIF89a"),
      await picture(4, 4).gif().toBuffer(),
      await picture(4, 4).tiff().toBuffer(),
      await picture(4, 4).avif().toBuffer(),
      Buffer.from("%PDF-1.7"),
      Buffer.concat([Buffer.from("RIFF0000WAVE"), svg]),
      Buffer.from("\ufeff\x89PNG"),
    ];
    const codes = await Promise.all(others.map((bytes) => codeAndFieldsOf(set(organization, bytes))));
    expect(codes).toEqual(others.map(() => "UNSUPPORTED_MEDIA_TYPE logo"));
    expect(await logoOf(organization)).toBeNull();
  });

  it("that is broken, or unpacks to too much, is refused at once", async () => {
    const organization = await people.staffed("Bombs");
    const whole = await picture().png().toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const bad = [
      whole.subarray(0, whole.length / 2),
      whole.subarray(0, 8),
      Buffer.concat([whole.subarray(0, 8), svg]),
      Buffer.concat([Buffer.from("ffd8ffe0", "hex"), svg]),
      Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBP", "latin1"), svg]),
      claimingPng(100_000, 100_000),
      claimingPng(5_000, 5_000, 5_000),
    ];
    const start = Date.now();
    const codes = await Promise.all(bad.map((bytes) => codeAndFieldsOf(set(organization, bytes))));
    expect(codes).toEqual(bad.map(() => "INVALID_INPUT logo"));
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(bad.every(({ length }) => length < largestLogo)).toBe(true);
  });

  it("of more than a megabyte is refused before it is looked at, of exactly one it is not", async () => {
    const organization = await people.staffed("Large");
    const png = await picture(8, 8).png().toBuffer();
    const padded = (size: number) => Buffer.concat([png, Buffer.alloc(size - png.length)]);
    expect(await codeAndFieldsOf(set(organization, padded(largestLogo + 1)))).toBe("PAYLOAD_TOO_LARGE logo");
    expect(await codeAndFieldsOf(set(organization, padded(largestLogo)))).toBe("ok");
  });

  it("is changed and removed by who may update the organization, and nothing is stored for others", async () => {
    const organization = await people.staffed("Guarded");
    const bytes = await picture().png().toBuffer();
    const attempts = [
      organization.as(organization.member, (tenant) => setLogo(tenant, store, bytes)),
      organization.as(organization.member, (tenant) => removeLogo(tenant, store)),
    ];
    expect(await Promise.all(attempts.map(codeAndFieldsOf))).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    await expect(storedFiles(organization)).rejects.toThrow("ENOENT");
  });

  it("replaces the one before, whose file goes, with an event for each change", async () => {
    const organization = await people.staffed("Replaced");
    const bytes = await picture().png().toBuffer();
    const first = await set(organization, bytes);
    const second = await set(organization, bytes);
    expect(await storedFiles(organization)).toEqual([second.logoKey]);
    await organization.as(organization.owner, (tenant) => removeLogo(tenant, store));
    await organization.as(organization.owner, (tenant) => removeLogo(tenant, store));
    expect([await storedFiles(organization), await logoOf(organization)]).toEqual([[], null]);
    expect(await organization.events()).toMatchObject([
      { action: "organization.logo-changed", before: { logo: null }, after: { logo: first.logoKey } },
      { action: "organization.logo-changed", before: { logo: first.logoKey }, after: { logo: second.logoKey } },
      { action: "organization.logo-removed", before: { logo: second.logoKey }, after: { logo: null } },
    ]);
  });

  it("set ten times at once is one file, the one that is referred to", async () => {
    const organization = await people.staffed("Racing");
    const bytes = await picture().png().toBuffer();
    await Promise.all(Array.from({ length: 10 }, () => set(organization, bytes)));
    expect(await storedFiles(organization)).toEqual([await logoOf(organization)]);
  });

  it("never refers to a file that is not there, wherever the change stops", async () => {
    const organization = await people.staffed("Stopped");
    const bytes = await picture().png().toBuffer();
    const { logoKey } = await set(organization, bytes);
    const fails = () => Promise.reject(new Error("the disk is gone"));
    expect(await codeAndFieldsOf(set(organization, bytes, { ...store, put: fails }))).toContain("the disk is gone");
    expect(await logoOf(organization)).toBe(logoKey);
    const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
    const next = await set(organization, bytes, { ...store, delete: fails });
    expect(await warned).toMatchObject({ code: "ROWHOUSE_LEFTOVER_FILE" });
    expect((await storedFiles(organization)).sort()).toEqual([logoKey, next.logoKey].sort());
    expect(await store.get((await logoOf(organization)) ?? "")).toBeDefined();
  });
});

describe("a store of a tenant", () => {
  it("has no files of another organization", async () => {
    const [one, two] = [await people.staffed("Own"), await people.staffed("Foreign")];
    const { logoKey } = await set(one, await picture().png().toBuffer());
    await two.as(two.owner, async (tenant) => {
      const files = filesOf(tenant, store);
      const attempts = [files.get(logoKey), files.put(logoKey, new Uint8Array(1)), files.delete(logoKey)];
      expect(await Promise.all(attempts.map(codeAndFieldsOf))).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
    });
    await people.fixture.admin.query("update rowhouse.organizations set logo_key = $2 where id = $1", [
      two.id,
      logoKey,
    ]);
    const request = new Request("https://app.example/foreign/logo");
    expect(await codeAndFieldsOf(two.as(two.owner, (tenant) => serveLogo(tenant, store, request)))).toBe("NOT_FOUND");
    expect(await store.get(logoKey)).toBeDefined();
  });
});

describe("a served logo", () => {
  const serve = (
    organization: Staffed,
    userId: string,
    options: { search?: string; headers?: Record<string, string> } = {},
  ) =>
    organization.as(userId, (tenant) =>
      serveLogo(
        tenant,
        store,
        new Request(`https://app.example/logo${options.search ?? ""}`, { headers: options.headers ?? {} }),
      ),
    );

  it("has a fixed type, runs nothing, and any member may see it", async () => {
    const organization = await people.staffed("Served");
    const { logoKey } = await set(organization, await picture().png().toBuffer());
    const response = await serve(organization, organization.viewer);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "private, no-cache",
      "content-disposition": 'inline; filename="logo.webp"',
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "image/webp",
      "cross-origin-resource-policy": "same-origin",
      etag: `"${logoVersion(logoKey)}"`,
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 8, 12)).toBe("WEBP");
  });

  it("is kept for ever under its version, asked for again under another, and not sent twice", async () => {
    const organization = await people.staffed("Cached");
    const { logoKey } = await set(organization, await picture().png().toBuffer());
    const version = logoVersion(logoKey);
    const cacheOf = async (search: string) =>
      (await serve(organization, organization.member, { search })).headers.get("cache-control");
    expect(await cacheOf(`?v=${version}`)).toBe("private, max-age=31536000, immutable");
    expect(await cacheOf("?v=older")).toBe("private, no-cache");
    const again = await serve(organization, organization.member, {
      headers: { "if-none-match": `W/"x", "${version}"` },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("that is not there is NOT_FOUND, and a file that is lost too", async () => {
    const organization = await people.staffed("Absent");
    expect(await codeAndFieldsOf(serve(organization, organization.viewer))).toBe("NOT_FOUND");
    const { logoKey } = await set(organization, await picture().png().toBuffer());
    await store.delete(logoKey);
    expect(await codeAndFieldsOf(serve(organization, organization.viewer))).toBe("NOT_FOUND");
  });
});
