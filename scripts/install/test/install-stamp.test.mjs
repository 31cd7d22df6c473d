import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { forgetInstall, isInstalled, rememberInstall } from "../install-stamp.mjs";

const zod = { version: "4.0.0", integrity: "sha512-a" };
const foreign = { version: "1.0.0", integrity: "sha512-b", optional: true, os: ["plan9"] };

function inCheckout({ lock = { "node_modules/zod": zod }, record, folders = ["zod"] }, check) {
  const root = mkdtempSync(join(tmpdir(), "rowhouse-install-"));
  try {
    writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...lock } }));
    mkdirSync(join(root, "node_modules"));
    for (const folder of folders) {
      mkdirSync(join(root, "node_modules", folder), { recursive: true });
      writeFileSync(join(root, "node_modules", folder, "package.json"), "{}");
    }
    if (record) writeFileSync(join(root, "node_modules/.package-lock.json"), JSON.stringify({ packages: record }));
    check(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

test("a checkout without node_modules is not installed", () => {
  inCheckout({ folders: [] }, (root) => assert.equal(isInstalled(root), false));
});

test("packages without a record, as an interrupted install leaves them, are not an install", () => {
  inCheckout({}, (root) => assert.equal(isInstalled(root), false));
});

test("a remembered install counts until the lock changes or it is forgotten", () => {
  inCheckout({}, (root) => {
    rememberInstall(root);
    assert.equal(isInstalled(root), true);
    forgetInstall(root);
    assert.equal(isInstalled(root), false);
    rememberInstall(root);
    writeFileSync(join(root, "package-lock.json"), '{ "packages": { "node_modules/pg": {} } }');
    assert.equal(isInstalled(root), false);
  });
});

test("an install by hand counts when npm's record agrees with the lock, without another platform's packages", () => {
  const lock = { "node_modules/zod": zod, "node_modules/foreign": foreign };
  inCheckout({ lock, record: { "node_modules/zod": zod } }, (root) => assert.equal(isInstalled(root), true));
});

test("an install by hand in which a package is missing, older or another platform's does not count", () => {
  const record = { "node_modules/zod": zod };
  const older = { "node_modules/zod": { ...zod, version: "3.0.0" } };
  const lock = { "node_modules/zod": zod, "node_modules/foreign": foreign };
  const folders = ["zod", "foreign"];
  inCheckout({ record, folders: [] }, (root) => assert.equal(isInstalled(root), false));
  inCheckout({ record: {} }, (root) => assert.equal(isInstalled(root), false));
  inCheckout({ record: older }, (root) => assert.equal(isInstalled(root), false));
  inCheckout({ lock, record: lock, folders }, (root) => assert.equal(isInstalled(root), false));
});
