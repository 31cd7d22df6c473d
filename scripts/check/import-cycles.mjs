/**
 * Circles of files that import each other, one for each group of entangled files.
 *
 * @param {{ from: string, to: string }[]} imports
 * @returns {string[][]} each a list of files that ends where it began
 */
export function findImportCycles(imports) {
  const next = new Map();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set();
  const cycles = [];
  const visit = (file, trail) => {
    const start = trail.indexOf(file);
    if (start !== -1) cycles.push([...trail.slice(start), file]);
    if (start !== -1 || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return cycles;
}

/**
 * Pairs of folders whose files import each other in both directions.
 *
 * @param {{ from: string, to: string }[]} imports
 * @param {(path: string) => string | undefined} folderOf undefined for a file that does not count
 * @returns {[string, string][]}
 */
export function findFolderKnots(imports, folderOf) {
  const edges = new Set();
  for (const { from, to } of imports) {
    const [one, other] = [folderOf(from), folderOf(to)];
    if (one !== undefined && other !== undefined && one !== other) edges.add(`${one} ${other}`);
  }
  return [...edges]
    .map((edge) => edge.split(" "))
    .filter(([one, other]) => one < other && edges.has(`${other} ${one}`));
}
