import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { takeInstallLock } from "../install-lock.mjs";

const lockModule = new URL("../install-lock.mjs", import.meta.url).href;
const deadPid = spawnSync(process.execPath, ["-e", ""]).pid;

// Creating the marker fails when two processes are between taking and releasing at the same time.
const holder = `
  import { closeSync, openSync, rmSync } from "node:fs";
  import { setTimeout as sleep } from "node:timers/promises";
  import { takeInstallLock } from ${JSON.stringify(lockModule)};
  const [root] = process.argv.slice(1);
  const lock = await takeInstallLock(root);
  closeSync(openSync(root + "/marker", "wx"));
  await sleep(30);
  rmSync(root + "/marker");
  lock.release();
`;

async function withLockFile(content, check) {
  const root = mkdtempSync(join(tmpdir(), "rowhouse-lock-"));
  try {
    mkdirSync(join(root, ".rowhouse"));
    if (content) writeFileSync(join(root, ".rowhouse/install.lock"), content);
    await check(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function runHolder(root) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", holder, root], { stdio: "inherit" });
    child.once("error", fail);
    child.once("close", done);
  });
}

test("of many processes that meet a dead holder's lock, one at a time holds it", async () => {
  await withLockFile(`${deadPid}\n`, async (root) => {
    const codes = await Promise.all(Array.from({ length: 6 }, () => runHolder(root)));
    assert.deepEqual(codes, [0, 0, 0, 0, 0, 0]);
  });
});

test("a dead holder's lock is respected while the npm that it started lives", async () => {
  const npm = spawn(process.execPath, ["-e", "setTimeout(() => {}, 700)"]);
  await withLockFile(`${deadPid} ${npm.pid}\n`, async (root) => {
    const waited = [];
    const lock = await takeInstallLock(root, { onWait: (pid) => waited.push(pid) });
    assert.notEqual(npm.exitCode, null);
    assert.deepEqual(waited, [deadPid]);
    lock.release();
  });
});

test("a lock with our own number, left by another life of a container, is taken over", async () => {
  await withLockFile(`${process.pid}\n`, async (root) => {
    const lock = await takeInstallLock(root, { onWait: () => assert.fail("waited for itself") });
    lock.release();
  });
});
