import type { JudgedProof } from "./judge-proof.ts";

export function renderJson({
  cells,
  notApplicable,
  attacks,
  roles,
  objects,
  summary,
  subject,
  isProven,
  known,
}: JudgedProof): string {
  const marked = cells.map((cell) => ({ ...cell, known: known.has(cell.cacheKey) }));
  return JSON.stringify(
    { isProven, summary, subject, roles, attacks, objects, cells: marked, notApplicable },
    undefined,
    2,
  );
}
