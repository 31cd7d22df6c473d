import { posix } from "node:path";
import { findFolderKnots, findImportCycles } from "./import-cycles.mjs";
import { lineAt, listFiles, readText } from "./repository-files.mjs";

const library = "packages/rowhouse/src/";
const foundation = ["policy", "tenant", "migrations"];
// Low to high; a file imports from its own layer and from lower ones.
const layers = [
  ["errors"],
  ["field-error-code", "slug"],
  ["access"],
  ["table-settings", "settings"],
  ["database"],
  foundation,
  [
    ...["organizations", "organization-settings", "members", "invitations", "domains", "audit", "api-keys", "billing"],
    ...["data-rights", "placement", "mail", "jobs", "files", "operator", "service-accounts"],
    ...["tokens", "callers", "rate-limits", "idempotency"],
  ],
  // What joins the folders into one product (defineTenancy), directly in src.
  ["(joining)"],
  ["client", "http", "next", "react", "testing", "adapters"],
  ["index"],
];
const singleFiles = new Set(["errors", "field-error-code", "slug", "table-settings", "settings", "index"]);
// The fixtures of this rule hold forbidden imports as text.
const fixtures = "scripts/check/test/";
const codeFile = /\.(ts|tsx|mts|js|mjs)$/;
const importPattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)(["'])([^"'\n]+)\1/gm;

export const name = "import direction";

/** Imports that run upwards, across the borders of apps and packages, or in a circle. */
export async function run(root) {
  const files = (await listFiles(root)).filter((path) => codeFile.test(path) && !path.startsWith(fixtures));
  const apps = await listAppNames(root);
  const imports = (await Promise.all(files.map((path) => readImports(root, path)))).flat();
  const inLibrary = imports.filter(({ from, to }) => from.startsWith(library) && to?.startsWith(library));
  return [
    ...files.flatMap(checkFolder),
    ...imports.flatMap((found) => checkBorder(found, apps)),
    ...inLibrary.flatMap(checkLayer),
    ...findImportCycles(inLibrary).map(
      (cycle) => `${cycle[0]}: imports itself by way of ${cycle.slice(1).join(", ")}.`,
    ),
    ...findFolderKnots(inLibrary, (path) => folderAmong(path, foundation)).map(
      ([one, other]) => `${library}${one} and ${library}${other} import each other. Let one of them come first.`,
    ),
  ];
}

function checkFolder(path) {
  if (!path.startsWith(library) || layerOf(path) !== undefined) return [];
  return [`${path}: its folder has no layer. Add it to \`layers\` in scripts/check/import-direction.mjs.`];
}

function checkLayer({ from, to, line }) {
  const [low, high] = [layerOf(from), layerOf(to)];
  if (low === undefined || high === undefined || high <= low) return [];
  return [`${from}:${line}: imports ${to}, which is a layer above it.`];
}

function checkBorder({ from, to, specifier, line }, apps) {
  const fromApp = from.startsWith("apps/");
  const toApp = to?.startsWith("apps/") || apps.some((app) => specifier === app || specifier.startsWith(`${app}/`));
  // The tests of the product's start and pages drive the product itself.
  const testsApps = from.startsWith("tests/");
  if (toApp && !fromApp && !testsApps) return [`${from}:${line}: imports ${specifier}. Nothing imports from apps.`];
  if (fromApp && (to?.startsWith("packages/") || /^(@rowhouse\/[^/]+|rowhouse)\/(src|dist)\b/.test(specifier))) {
    return [`${from}:${line}: imports ${specifier}. An app imports a package by its name and its exports.`];
  }
  return [];
}

function layerOf(path) {
  const layer = layers.findIndex((names) => names.includes(nounOf(path)));
  return layer === -1 ? undefined : layer;
}

/** The folder below src, or for a file directly in src its own name when it has a layer of its own. */
function nounOf(path) {
  const [first = "", ...rest] = path.slice(library.length).split("/");
  if (rest.length > 0) return singleFiles.has(first) ? "(unknown)" : first;
  const stem = first.replace(codeFile, "");
  return singleFiles.has(stem) ? stem : "(joining)";
}

function folderAmong(path, names) {
  return names.find((folder) => path.startsWith(`${library}${folder}/`));
}

async function readImports(root, from) {
  const text = await readText(root, from);
  return [...text.matchAll(importPattern)].map((match) => {
    const specifier = match[2];
    const to = specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;
    return { from, to, specifier, line: lineAt(text, match.index + match[0].length) };
  });
}

async function listAppNames(root) {
  const manifests = (await listFiles(root)).filter((path) => /^apps\/[^/]+\/package\.json$/.test(path));
  return await Promise.all(manifests.map(async (path) => JSON.parse(await readText(root, path)).name));
}
