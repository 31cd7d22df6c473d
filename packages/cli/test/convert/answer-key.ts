import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { Plan, PlannedTable, TableClass } from "../../src/convert/plan.ts";
import { fixtures } from "./open-fixture.ts";

/** What a careful engineer would decide; several answers where careful engineers differ. */
export interface AnswerKey {
  /** `users.id`. */
  readonly anchor: string;
  readonly tables: Readonly<Record<string, readonly Answer[]>>;
  /** Ids of questions that must be asked. */
  readonly questions: readonly string[];
}

/** `tenant userId>User`: the class and, for tenants' tables, the first step of the way to the owner. */
interface Answer {
  readonly class: string;
  readonly step: string | null;
}

type Answered = Pick<PlannedTable, "table" | "class" | "path">;

/** The part of a plan that is judged. */
export interface JudgedPlan extends Pick<Plan, "anchor"> {
  readonly tables: readonly Answered[];
  readonly questions: readonly { readonly id: string }[];
}

export async function readAnswerKey(name: string): Promise<AnswerKey> {
  const read: unknown = parse(await readFile(new URL(`${name}/answer.yaml`, fixtures), "utf8"));
  const {
    anchor,
    tables,
    questions = [],
  } = read as {
    anchor: string;
    tables: Record<string, string>;
    questions?: string[];
  };
  const answers = Object.entries(tables).map(([table, line]) => [table, line.split("|").map(parseAnswer)] as const);
  return { anchor, questions, tables: Object.fromEntries(answers) };
}

function parseAnswer(given: string): Answer {
  const [kind = "", step] = given.trim().split(/\s+/);
  return { class: kind, step: step ?? null };
}

/** A sentence for each difference; none where the plan is as good as the key. */
export function comparePlan(key: AnswerKey, plan: JudgedPlan): string[] {
  const planned = new Map(plan.tables.map((each) => [bare(each.table), each]));
  const asked = new Set(plan.questions.map(({ id }) => plain(id)));
  return [
    ...(bare(plan.anchor) === key.anchor ? [] : [`anchor: ${plan.anchor}, expected ${key.anchor}`]),
    ...Object.entries(key.tables).flatMap(([table, answers]) => {
      const found = planned.get(table);
      if (found !== undefined && answers.some((answer) => agrees(answer, found))) return [];
      const expected = answers.map(({ class: kind, step }) => [kind, step].filter(Boolean).join(" ")).join(" or ");
      return [`${table}: ${found === undefined ? "left out" : describe(found)}, expected ${expected}`];
    }),
    ...key.questions.filter((id) => !asked.has(id)).map((id) => `question ${id} was not asked`),
  ];
}

function agrees(answer: Answer, found: Answered): boolean {
  const kind: TableClass = found.class;
  return answer.class === kind && (answer.step === null || answer.step === firstStep(found));
}

function describe(found: Answered): string {
  return [found.class, firstStep(found)].filter(Boolean).join(" ");
}

/** `public."Order".accountId` to `public."Account".id` is `accountId>Account`; the columns of a composite key are joined by `+`. */
function firstStep({ path }: Answered): string | null {
  const [step] = path;
  if (step === undefined) return null;
  const column = plain(step.from)
    .split(".")
    .slice(2)
    .join(".")
    .replaceAll(/[()\s]/g, "")
    .replaceAll(",", "+");
  return `${column}>${plain(step.to).split(".")[1] ?? ""}`;
}

function bare(name: string): string {
  return plain(name).replace(/^public\./, "");
}

function plain(name: string): string {
  return name.replaceAll('"', "");
}
