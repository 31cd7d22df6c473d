import { listFiles } from "./repository-files.mjs";

const deepest = 2;
const source = /^packages\/[^/]+\/src\//;

export const name = "folder depth";

/** Folders more than two below a package's src. */
export async function run(root) {
  const deep = new Set();
  for (const path of await listFiles(root)) {
    if (!source.test(path)) continue;
    const folders = path.replace(source, "").split("/").slice(0, -1);
    if (folders.length > deepest) deep.add(path.slice(0, path.lastIndexOf("/")));
  }
  return [...deep].map(
    (folder) => `${folder}: more than ${deepest} folders below src. Make it a noun of its own, higher.`,
  );
}
