import type { Exchange } from "./exchange.ts";
import type { Verdict } from "./judge-attack.ts";
import type { Finding, OperationProof, Proof } from "./proof.ts";
import type { Operation } from "./read-operations.ts";

interface Note {
  control: Exchange | null;
  isControlled: boolean;
  showsVictim: boolean;
  readonly attacks: (Exchange & { readonly name: string })[];
  readonly reasons: Set<string>;
  readonly crossings: Finding[];
  readonly accepted: Finding[];
  readonly differences: Finding[];
}

/** What a run has seen of each operation, and what follows from it. */
export class ProofNotes {
  readonly #notes: ReadonlyMap<Operation, Note>;
  readonly #exempt: Readonly<Record<string, string>>;

  constructor(operations: readonly Operation[], exempt: Readonly<Record<string, string>>) {
    this.#notes = new Map(operations.map((operation) => [operation, newNote()]));
    this.#exempt = exempt;
  }

  /** Why nothing, or too little, was proved. */
  add(operation: Operation, { reason }: { reason: string }): void {
    this.#notes.get(operation)?.reasons.add(reason);
  }

  controlled(operation: Operation, control: Exchange, is: { isDone: boolean; showsVictim: boolean }): void {
    const note = this.#notes.get(operation);
    if (note === undefined || note.isControlled) return;
    note.control = control;
    note.isControlled = is.isDone;
    note.showsVictim = is.isDone && is.showsVictim;
  }

  attacked(operation: Operation, tried: Exchange & { readonly name: string }, verdict: Verdict): void {
    const note = this.#notes.get(operation);
    if (note === undefined) return;
    note.attacks.push(tried);
    const finding = (what: string): Finding => ({
      operation: operation.key,
      attack: tried.name,
      what,
      sent: tried.sent,
    });
    note.crossings.push(...verdict.crossings.map(finding));
    if (verdict.accepted !== undefined) note.accepted.push(finding(verdict.accepted));
    if (verdict.difference !== undefined) note.differences.push(finding(verdict.difference));
    if (verdict.inconclusive !== undefined)
      note.reasons.add(`${tried.name}: ${verdict.inconclusive}: ${tried.refusal}`);
  }

  /** What should only read has written, or what shows it has. */
  changed(operation: Operation, tables: readonly string[]): void {
    const note = this.#notes.get(operation);
    if (note === undefined || tables.length === 0) return;
    const what = `the victim's data changed: ${tables.join(", ")}`;
    note.crossings.push({
      operation: operation.key,
      attack: "with one of its attacks",
      what,
      sent: note.attacks.at(-1)?.sent ?? "",
    });
  }

  conclude(requests: number): Proof {
    const all = [...this.#notes].map(([operation, note]) => ({
      key: operation.key,
      operation,
      note,
      reasons: reasonsOf(note),
    }));
    const isExempt = (key: string) => this.#exempt[key] !== undefined;
    const isNeeded = new Set(
      all
        .filter(({ note, reasons }) => reasons.length + note.accepted.length + note.differences.length > 0)
        .map(({ key }) => key),
    );
    const judged = all.filter(({ key }) => !isExempt(key));
    return {
      operations: all.map(({ operation, note }) => toProof(operation, note)),
      exercised: judged.filter(({ reasons }) => reasons.length === 0).map(({ key }) => key),
      crossings: [...all.flatMap(({ note }) => note.crossings), ...judged.flatMap(({ note }) => note.accepted)],
      differences: judged.flatMap(({ note }) => note.differences),
      notExercised: judged
        .filter(({ reasons }) => reasons.length > 0)
        .map(({ key, reasons }) => ({ operation: key, reason: reasons.join(" ") })),
      exempted: Object.entries(this.#exempt)
        .filter(([key]) => isNeeded.has(key))
        .map(([operation, reason]) => ({ operation, reason })),
      needlessExemptions: Object.keys(this.#exempt).filter((key) => !isNeeded.has(key)),
      requests,
    };
  }
}

function newNote(): Note {
  return {
    ...{ control: null, isControlled: false, showsVictim: false, attacks: [], reasons: new Set<string>() },
    ...{ crossings: [], accepted: [], differences: [] },
  };
}

function reasonsOf({ control, isControlled, reasons, attacks }: Note): string[] {
  const found = [...reasons];
  if (control === null) found.push("The victim could not ask for it: nothing is known for its path.");
  else if (!isControlled)
    found.push(`The victim itself was answered ${control.status} to ${control.sent}: ${control.refusal}`);
  if (attacks.length === 0 && found.length === 0) found.push("No attack could be made on it.");
  return found;
}

function toProof({ key, method, path }: Operation, { control, showsVictim, attacks }: Note): OperationProof {
  return { operation: key, method, path, control, showsVictim, attacks };
}
