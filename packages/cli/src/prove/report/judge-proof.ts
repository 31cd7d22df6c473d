import type { Level } from "../../doctor/check-page.ts";
import type { Guess } from "../../doctor/guess-subject.ts";
import { atLeast } from "../../doctor/render-report.ts";
import type { Subject } from "../../doctor/subject.ts";
import type { Cell, Proof } from "../proof.ts";

/** What was looked at, and when. */
export interface ProofSubject {
  readonly database: string;
  /** Of Postgres: `18.4`. */
  readonly server: string;
  readonly madeAt: Date;
}

/** A proof with what the reader of it asked for. */
export interface JudgedProof extends Proof, ProofSubject {
  readonly subject: Subject;
  readonly guesses: readonly Guess[];
  /** Cells that keep the proof from being one, known or not: crossings of the level or above, and what is inconclusive. */
  readonly open: readonly Cell[];
  readonly summary: {
    readonly cells: number;
    readonly held: number;
    readonly crossed: number;
    /** Crossings below the level that was asked for. */
    readonly minor: number;
    readonly inconclusive: number;
    /** Open cells that the baseline knows. */
    readonly known: number;
  };
  readonly known: ReadonlySet<string>;
  /** Nothing is open but what is known, and something was tried. */
  readonly isProven: boolean;
}

export interface Judgement extends ProofSubject {
  readonly subject: Subject;
  readonly guesses: readonly Guess[];
  readonly known: ReadonlySet<string>;
  readonly minLevel: Level;
}

export function judgeProof(proof: Proof, { minLevel, known, ...rest }: Judgement): JudgedProof {
  const crossed = proof.cells.filter(({ verdict }) => verdict === "crossed");
  const serious = atLeast(crossed, minLevel);
  const inconclusive = proof.cells.filter(({ verdict }) => verdict === "inconclusive");
  const open = [...serious, ...inconclusive];
  const isKnown = ({ cacheKey }: Cell): boolean => known.has(cacheKey);
  return {
    ...proof,
    ...rest,
    known,
    open,
    summary: {
      cells: proof.cells.length,
      held: proof.cells.filter(({ verdict }) => verdict === "held").length,
      crossed: serious.length,
      minor: crossed.length - serious.length,
      inconclusive: inconclusive.length,
      known: open.filter(isKnown).length,
    },
    isProven: proof.cells.length > 0 && open.every(isKnown),
  };
}

/** What a field of the matrix says: a verdict, or that what crossed is below the level that counts. */
export type Field = Cell["verdict"] | "minor";

const worstFirst: readonly Field[] = ["crossed", "inconclusive", "minor", "held"];

/** Each field of a role's matrix: the worst of its cells, or `null` where nothing was tried. */
export function readMatrix(
  { cells, open }: JudgedProof,
  role: string,
): (object: string, attack: string) => Field | null {
  const worst = new Map<string, Field>();
  for (const cell of cells) {
    if (cell.role !== role) continue;
    const place = `${cell.attack} ${cell.object}`;
    const field = fieldOf(cell, open);
    const before = worst.get(place) ?? "held";
    worst.set(place, worstFirst.indexOf(field) < worstFirst.indexOf(before) ? field : before);
  }
  return (object, attack) => worst.get(`${attack} ${object}`) ?? null;
}

export function fieldOf(cell: Cell, open: JudgedProof["open"]): Field {
  return cell.verdict === "crossed" && !open.includes(cell) ? "minor" : cell.verdict;
}

/** In one sentence: what the proof came to. */
export function concludeProof({ summary, isProven, roles, objects }: JudgedProof): string {
  const { cells, held, crossed, inconclusive, known, minor } = summary;
  const counts = [
    `${held} of ${cells} attempts on ${objects.length} objects were held`,
    `${crossed} crossed`,
    `${inconclusive} could not be decided`,
    ...(minor > 0 ? [`${minor} crossed below the level that counts`] : []),
    ...(known > 0 ? [`${known} are known`] : []),
  ].join(", ");
  const verdict = isProven ? "Proven" : "Not proven";
  return `${verdict} for ${roles.join(", ")}: ${counts}.`;
}
