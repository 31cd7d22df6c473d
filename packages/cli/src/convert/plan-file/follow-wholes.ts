import type { PlannedTable, Question } from "../plan.ts";

const words = "as ";

/** The answer of a part that goes with its whole, whatever that is decided to be. */
export function goesWith(whole: string): string {
  return `${words}${whole}`;
}

/** The whole that an answer names; undefined where it is another kind of answer. */
export function wholeOf(answer: string | null): string | undefined {
  return answer?.startsWith(words) === true ? answer.slice(words.length) : undefined;
}

/** Gives parts the class of their whole, from the top down; what goes with something undecided stays so. */
export function followWholes(
  tables: readonly PlannedTable[],
  questions: readonly Question[],
  decide: (part: PlannedTable, answer: string, tables: readonly PlannedTable[]) => PlannedTable,
): readonly PlannedTable[] {
  let all = tables;
  for (let before: readonly PlannedTable[] = []; before !== all;) {
    before = all;
    for (const { answer, table: name, choices } of questions) {
      const part = all.find(({ table }) => table === name);
      const whole = all.find(({ table }) => table === wholeOf(answer));
      if (part?.class !== "ask" || whole === undefined || whole.class === "ask") continue;
      const isPlain = whole.class === "global" || whole.class === "identity";
      const ways = choices.filter((choice) => choice.startsWith("tenant by "));
      // A whole that is owned by way of its part, as a project by its managers, leaves the part another way.
      const isCircle = whole.derive?.by === "parent" && whole.derive.parent === part.table;
      const way = ways.find((choice) => choice.includes(` -> ${whole.table}.`) !== isCircle);
      const decided = decide(part, isPlain || way === undefined ? whole.class : way, all);
      all = all.map((each) => (each === part ? decided : each));
    }
  }
  return all;
}
