import { listFiles } from "./repository-files.mjs";

const collecting = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "shared",
  "common",
  "type",
  "types",
  "manager",
  "misc",
  "lib",
]);
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
// What a tool or a habit of all repositories names: .ci, README.md, LICENSE, vitest's __snapshots__.
const conventional = /^(\..+|[A-Z]+(\.md)?|__snapshots__)$/;
// Next's routes: [orgSlug], [...rest], [[...rest]], (group), (.)intercepted, @slot, _private.
const nextSegment =
  /^(\[{1,2}(\.{3})?[a-zA-Z0-9-]+\]{1,2}|\([a-z0-9-]+\)|\(\.{1,3}\)[a-z0-9-]+|@[a-z0-9-]+|_[a-z0-9-]+(\.[a-z]+)*)$/;

export const name = "names";

/** Files and folders that collect instead of saying what they hold, or that are not kebab-case. */
export async function run(root) {
  const findings = new Set();
  for (const path of await listFiles(root)) {
    const segments = path.split("/");
    for (const [index, segment] of segments.entries()) {
      const place = segments.slice(0, index + 1).join("/");
      const [stem = ""] = segment.split(".");
      if (collecting.has(stem)) findings.add(`${place}: "${stem}" says nothing. Name it after what it holds.`);
      if (!isWellFormed(segment, path)) findings.add(`${place}: not kebab-case.`);
    }
  }
  return [...findings];
}

function isWellFormed(segment, path) {
  if (kebab.test(segment) || conventional.test(segment)) return true;
  return /^(?:apps|examples)\/[^/]+\/app\//.test(path) && nextSegment.test(segment);
}
