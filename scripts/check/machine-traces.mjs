import { lineAt, listFiles, readText } from "./repository-files.mjs";

// A slash that follows a word, a dot or another slash continues an address or a relative path.
const traces = [
  { what: "a registry host", pattern: /\b(registry|npm|packages?)\.[a-z0-9-]+\.(org|com|io|dev|net)\b/gi },
  { what: "a registry setting", pattern: /^[ \t]*(@[\w-]+:)?registry\s*=|"resolved":\s*"https?:|_auth[T]oken/gim },
  { what: "a path of one machine", pattern: /(?<![\w.:~+/$}-])\/(work|root)\//g },
];
const binary = "\0";

export const name = "machine traces";

/** Committed text that names a package registry or a folder of the machine that it was written on. */
export async function run(root) {
  const perFile = await Promise.all((await listFiles(root)).map((path) => inspect(root, path)));
  return perFile.flat();
}

async function inspect(root, path) {
  const text = await readText(root, path);
  if (text.includes(binary)) return [];
  return traces.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].map((match) => `${path}:${lineAt(text, match.index)}: ${what}: ${match[0].trim()}`),
  );
}
