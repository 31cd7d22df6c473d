import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isRowhouseError } from "../../src/index.ts";
import { folderStore, s3Store, type FileStore, type S3Settings } from "../../src/files/index.ts";
import { s3Keys, startS3Server, type S3Server } from "./s3-server.ts";

let folder: string;
let server: S3Server;
let stores: Readonly<Record<"folder" | "s3", FileStore>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-files-"));
  server = await startS3Server();
  stores = {
    folder: folderStore({ folder: path.join(folder, "not/there/yet") }),
    s3: s3Store({ ...s3Keys, endpoint: server.endpoint, prefix: "test/" }),
  };
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  server.failures.splice(0);
  server.requests.splice(0);
});

function newKey(): string {
  return `${uuidv7()}/logos/one.webp`;
}

async function collect(keys: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const key of keys) all.push(key);
  return all;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => "ok",
    (thrown: unknown) => thrown,
  );
  if (isRowhouseError(error)) return error.code;
  return error instanceof Error ? error.name : String(error);
}

describe.each(["folder", "s3"] as const)("a %s store", (kind) => {
  it("gives back what was put, the newest, and nothing after it was deleted", async () => {
    const [store, key] = [stores[kind], newKey()];
    expect(await store.get(key)).toBeUndefined();
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    await store.put(key, Buffer.from("older and longer"));
    await store.put(key, bytes);
    expect(Buffer.from((await store.get(key)) ?? [])).toEqual(bytes);
    await store.delete(key);
    await store.delete(key);
    expect(await store.get(key)).toBeUndefined();
  });

  it.each([
    "",
    "logo.webp",
    "/etc/passwd",
    "../../etc/passwd",
    "not-an-id/logo.webp",
    "ID",
    "ID/",
    "ID//logo.webp",
    "ID/../other/logo.webp",
    "ID/..",
    "ID/.hidden",
    "ID/Logo.webp",
    "ID/a\\b",
    "ID/a\0b",
    "ID/a b",
    "ID/%2e%2e/x",
    "ID/logo.webp?acl",
    "ID/a/b/c/d/e",
    `ID/${"a".repeat(65)}`,
  ])("refuses the key %j, whatever is asked", async (text) => {
    const [store, key] = [stores[kind], text.replace("ID", uuidv7())];
    const attempts = [store.put(key, new Uint8Array(1)), store.get(key), store.delete(key)];
    expect(await Promise.all(attempts.map(codeOf))).toEqual(["TypeError", "TypeError", "TypeError"]);
  });

  it("lists every file that was put, of all organizations, and none that is gone", async () => {
    const [store, keys] = [stores[kind], Array.from({ length: 5 }, newKey)];
    for (const key of keys) await store.put(key, Buffer.from("x"));
    await store.delete(keys[0] ?? "");
    const listed = await collect(store.list());
    expect(listed).toEqual(expect.arrayContaining(keys.slice(1)));
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).not.toContain(keys[0]);
  });

  it("refuses an id in upper case, which would be a second name for the same organization", async () => {
    expect(await codeOf(stores[kind].get(newKey().toUpperCase().replace("/LOGOS/ONE.WEBP", "/one.webp")))).toBe(
      "TypeError",
    );
  });
});

describe("a folder store", () => {
  it("leaves its owner alone with folders and files, and no draft behind", async () => {
    const [root, key] = [path.join(folder, "modes"), newKey()];
    await folderStore({ folder: root }).put(key, Buffer.from("x"));
    const modeOf = async (place: string) => ((await stat(place)).mode & 0o777).toString(8);
    expect(await modeOf(root)).toBe("700");
    expect(await modeOf(path.join(root, path.dirname(key)))).toBe("700");
    expect(await modeOf(path.join(root, key))).toBe("600");
    expect(await readdir(path.join(root, path.dirname(key)))).toEqual(["one.webp"]);
  });

  it("shows a reader the whole old file or the whole new one while it is replaced", async () => {
    const [store, key] = [folderStore({ folder }), newKey()];
    const versions = ["a", "b"].map((letter) => letter.repeat(400_000));
    await store.put(key, Buffer.from(versions[0] ?? ""));
    const writing = (async () => {
      for (let turn = 0; turn < 20; turn += 1) await store.put(key, Buffer.from(versions[turn % 2] ?? ""));
    })();
    for (let turn = 0; turn < 50; turn += 1) {
      const text = Buffer.from((await store.get(key)) ?? []).toString();
      expect(versions.includes(text)).toBe(true);
    }
    await writing;
  });

  it("follows no link out of itself", async () => {
    const [root, outside] = [path.join(folder, "linked"), path.join(folder, "outside")];
    const store = folderStore({ folder: root });
    const [id, other] = [uuidv7(), uuidv7()];
    await store.put(`${id}/own.webp`, Buffer.from("own"));
    await folderStore({ folder: outside }).put(`${id}/secret.webp`, Buffer.from("secret"));
    await symlink(path.join(outside, id), path.join(root, other));
    await symlink(path.join(outside, id, "secret.webp"), path.join(root, id, "link.webp"));
    const attempts = [
      store.get(`${other}/secret.webp`),
      store.put(`${other}/new.webp`, Buffer.from("x")),
      store.delete(`${other}/secret.webp`),
      store.get(`${id}/link.webp`),
    ];
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => "FILES_UNREACHABLE"));
    expect(await readdir(path.join(outside, id))).toEqual(["secret.webp"]);
    await store.put(`${id}/link.webp`, Buffer.from("replaces the link, not what it leads to"));
    expect(await readFile(path.join(outside, id, "secret.webp"), "utf8")).toBe("secret");
  });

  it("lists neither drafts nor links nor what somebody else put there, and of no folder nothing", async () => {
    const [root, key] = [path.join(folder, "listed"), newKey()];
    const store = folderStore({ folder: root });
    expect(await collect(store.list())).toEqual([]);
    await store.put(key, Buffer.from("x"));
    const own = path.join(root, path.dirname(key));
    await writeFile(path.join(own, ".1.draft"), "x");
    await writeFile(path.join(root, "README"), "x");
    await symlink(own, path.join(root, uuidv7()));
    expect(await collect(store.list())).toEqual([key]);
  });

  it("that cannot write says so", async () => {
    const occupied = path.join(folder, "occupied");
    await writeFile(occupied, "a file where the folder should be");
    expect(await codeOf(folderStore({ folder: occupied }).put(newKey(), Buffer.from("x")))).toBe("FILES_UNREACHABLE");
  });
});

describe("an S3 store", () => {
  it("puts the bucket and the prefix before the key", async () => {
    const key = newKey();
    await stores.s3.put(key, Buffer.from("x"));
    expect([...server.objects.keys()]).toContain(`logos/test/${key}`);
  });

  it("lists what is its own in the bucket, and says so when it may not", async () => {
    const [store, key] = [s3Store({ ...s3Keys, endpoint: server.endpoint, prefix: "listed/" }), newKey()];
    await store.put(key, Buffer.from("x"));
    for (const foreign of [`listed-not/${newKey()}`, "listed/a&b.txt", "listed/README"])
      server.objects.set(`logos/${foreign}`, Buffer.from("x"));
    expect(await collect(store.list())).toEqual([key]);
    server.failures.push(403);
    expect(await codeOf(collect(store.list()))).toBe("FILES_UNREACHABLE");
  });

  it("tries again when the service stumbles", async () => {
    const key = newKey();
    server.failures.push(500, 503);
    await stores.s3.put(key, Buffer.from("x"));
    expect(server.requests).toHaveLength(3);
    expect(await stores.s3.get(key)).toBeDefined();
  });

  it.each([[[403]], [[404]], [[307]], [[500, 500, 500]]])(
    "fails on %j and takes none of it for a success",
    async (failures) => {
      server.failures.push(...failures);
      expect(await codeOf(stores.s3.put(newKey(), Buffer.from("x")))).toBe("FILES_UNREACHABLE");
    },
  );

  it("with the wrong secret is refused", async () => {
    const store = s3Store({ ...s3Keys, endpoint: server.endpoint, secretAccessKey: "another" });
    expect(await codeOf(store.get(newKey()))).toBe("FILES_UNREACHABLE");
  });

  it("does not wait for ever, nor for nobody", async () => {
    const store = s3Store({ ...s3Keys, endpoint: server.endpoint, timeoutMs: 200 });
    server.failures.push("hang");
    expect(await codeOf(store.get(newKey()))).toBe("FILES_UNREACHABLE");
    const nobody = s3Store({ ...s3Keys, endpoint: "http://127.0.0.1:1", timeoutMs: 2_000 });
    expect(await codeOf(nobody.get(newKey()))).toBe("FILES_UNREACHABLE");
  });

  it.each([
    { endpoint: "s3.example.com" },
    { endpoint: "file:///etc" },
    { bucket: "" },
    { bucket: "a/b" },
    { prefix: "no-slash" },
    { prefix: "../up/" },
    { region: "" },
    { secretAccessKey: "" },
  ] satisfies Partial<S3Settings>[])("refuses the settings %j", (wrong) => {
    expect(() => s3Store({ ...s3Keys, endpoint: server.endpoint, ...wrong })).toThrow(/The S3 store: /);
  });
});
