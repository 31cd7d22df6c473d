import type { JudgedProof } from "./judge-proof.ts";

export function renderJson({ cells, known, open, guesses, ...rest }: JudgedProof): string {
  const marked = cells.map((cell) => ({ ...cell, known: known.has(cell.cacheKey) }));
  return JSON.stringify({ ...rest, guesses, open: open.length, cells: marked }, undefined, 2);
}
