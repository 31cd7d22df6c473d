import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { tryLockFile } from "../../start/lock-file.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-lock-"));
  file = path.join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true }));

it("a lock that is held tells who holds it and what they noted last", () => {
  const first = tryLockFile(file, "starting");
  if (first.state !== "taken") throw new Error("A fresh lock was held.");
  first.lock.write("running");
  expect(tryLockFile(file, "other")).toMatchObject({ state: "held", holder: { pid: process.pid, note: "running" } });
  first.lock.release();
  expect(tryLockFile(file, "other")).toMatchObject({ state: "taken", lock: { isRecovered: false } });
});

it("a lock of a process that was killed is taken over, and nothing else is left", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  await writeFile(file, JSON.stringify({ pid: child.pid, mark: "x", note: "" }));
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(tryLockFile(file, "mine")).toMatchObject({ state: "taken", lock: { isRecovered: true } });
  expect(await readdir(folder)).toEqual(["lock"]);
});

it("a lock whose number belongs to a later process by now is taken over", async () => {
  await writeFile(file, JSON.stringify({ pid: process.ppid, mark: "before", note: "" }));
  expect(tryLockFile(file, "mine")).toMatchObject({ state: "taken", lock: { isRecovered: true } });
});

it("a lock that a crash of the machine emptied is taken over", async () => {
  await writeFile(file, "");
  expect(tryLockFile(file, "mine")).toMatchObject({ state: "taken" });
});
