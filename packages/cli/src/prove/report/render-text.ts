import { renderGuesses } from "../../doctor/render-guesses.ts";
import type { Cell } from "../proof.ts";
import { concludeProof, readMatrix, type JudgedProof } from "./judge-proof.ts";

const signs = { held: "·", crossed: "X", inconclusive: "?", minor: "i" } as const;

/** The matrix, what its columns are, and in words what is open. */
export function renderText(judged: JudgedProof): string {
  return [
    ...renderGuesses(judged.guesses),
    ...judged.roles.flatMap((role) => [...renderMatrix(judged, role), ""]),
    `${signs.held} held   ${signs.crossed} crossed   ${signs.inconclusive} could not be decided   ${signs.minor} crossed, below the level that counts   blank: nothing of the kind is there`,
    ...renderLegend(judged),
    "",
    ...judged.open.map((cell) => renderOpen(judged, cell)),
    ...(judged.open.length > 0 ? [""] : []),
    concludeProof(judged),
  ].join("\n");
}

function renderMatrix(judged: JudgedProof, role: string): string[] {
  const { attacks, objects, roles } = judged;
  const verdictOf = readMatrix(judged, role);
  const width = Math.max(...objects.map(({ length }) => length), 0);
  const numbers = attacks.map((_, index) => String(index + 1).padStart(2)).join(" ");
  const line = (object: string): string =>
    attacks
      .map(({ name }) => {
        const worst = verdictOf(object, name);
        return (worst === null ? " " : signs[worst]).padStart(2);
      })
      .join(" ");
  return [
    ...(roles.length > 1 ? [`As ${role}:`] : []),
    `${" ".repeat(width)}  ${numbers}`,
    ...objects.map((object) => `${object.padEnd(width)}  ${line(object)}`.trimEnd()),
  ];
}

/** Numbers and titles, two beside each other. */
function renderLegend({ attacks }: JudgedProof): string[] {
  const entries = attacks.map(({ title }, index) => `${String(index + 1).padStart(2)} ${title}`);
  const half = Math.ceil(entries.length / 2);
  return entries.slice(0, half).map((left, index) => `${left.padEnd(38)}${entries[half + index] ?? ""}`.trimEnd());
}

function renderOpen({ known, attacks, roles }: JudgedProof, cell: Cell): string {
  const title = attacks.find(({ name }) => name === cell.attack)?.title ?? cell.attack;
  const place = cell.about === "" ? cell.object : `${cell.object} (${cell.about})`;
  const word = cell.verdict === "crossed" ? "crossed" : "undecided";
  const mark = known.has(cell.cacheKey) ? " [known]" : "";
  const as = roles.length > 1 ? ` as ${cell.role}` : "";
  return `${word.padEnd(9)} ${title}, ${place}${as}: ${cell.detail}${mark}`;
}
