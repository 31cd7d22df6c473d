import { openQuestions } from "./apply-answers.ts";
import { wholeOf } from "./follow-wholes.ts";
import type { Plan, PlannedTable, Question, TableClass } from "../plan.ts";

const titles: Readonly<Record<TableClass, string>> = {
  tenant: "An organization's from now on",
  mixed: "An organization's, apart from rows that are everybody's",
  "existing-tenant": "About teams, which become organizations",
  identity: "A person's, as before",
  global: "Everybody's, as before; tenants only read",
  ask: "Not decided",
};

const inShort: Readonly<Record<TableClass, string>> = {
  tenant: "become an organization's",
  mixed: "become an organization's in part",
  "existing-tenant": "about teams",
  identity: "a person's",
  global: "everybody's",
  ask: "not decided",
};

const meanings: Readonly<Record<string, string>> = {
  guest: "they go to a reserved organization without members",
  leave: "they stay in none, unseen by tenants",
  delete: "they are deleted",
  mixed: "they are everybody's, as templates are; tenants only read them",
  global: "everybody's; tenants only read",
  identity: "a person's; no organization's",
};

/** The plan as a person reads it at a terminal: what is decided and why, what is asked, what comes next. */
export function renderPlan(plan: Plan, file?: string): string {
  const classes = (Object.keys(titles) as TableClass[]).flatMap((kind) => {
    const tables = plan.tables.filter((table) => table.class === kind);
    return tables.length === 0 ? [] : [{ kind, tables }];
  });
  const counts = classes.map(({ kind, tables }) => `${tables.length} ${inShort[kind]}`).join(", ");
  const groups = classes.flatMap(({ kind, tables }) => [
    `${titles[kind]}: ${counted(tables.length, "table")}`,
    ...tables.flatMap(linesOf),
    "",
  ]);
  return [
    `Users are the rows of ${plan.users.table}${plan.teams === null ? "" : `, teams those of ${plan.teams.table}`}. The new column is ${plan.column}.`,
    `${counted(plan.tables.length, "table")}: ${counts}.`,
    ...plan.issues.map((issue) => `! ${issue}`),
    "",
    ...groups,
    ...questionLines(plan),
    ...nextLines(plan, file),
  ].join("\n");
}

function linesOf({ table, path, confidence, reason, issues }: PlannedTable): string[] {
  const [first] = path;
  const way =
    first === undefined ? "" : `  ${[first.from.slice(table.length + 1), ...path.map(({ to }) => to)].join(" > ")}`;
  return [
    `  ${table}${way}  (${Math.round(confidence * 100)} % sure)`,
    `    ${reason}`,
    ...issues.map((issue) => `    ! ${issue}`),
  ];
}

function questionLines(plan: Plan): string[] {
  const open = openQuestions(plan);
  if (open.length === 0) return ["Nothing is asked."];
  return [
    `${counted(open.length, "question")} to answer before it can run:`,
    ...open.flatMap((question, index) => ["", ...linesOfQuestion(question, index + 1)]),
    ...partsLines(plan),
  ];
}

/** Parts of what is asked about, which are answered with it. */
function partsLines({ tables, questions }: Plan): string[] {
  const isOpen = (name: string | null): boolean => tables.some((each) => each.table === name && each.class === "ask");
  const parts = questions.filter(({ table, answer }) => wholeOf(answer) !== undefined && isOpen(table)).length;
  if (parts === 0) return [];
  return [
    "",
    `  ${counted(parts, "table")} that ${parts === 1 ? "is a part" : "are parts"} of these go with them, unless the plan's file is given another answer.`,
  ];
}

function linesOfQuestion({ id, question, choices }: Question, number: number): string[] {
  const width = Math.max(...choices.filter((choice) => choice in meanings).map(({ length }) => length), 0);
  // What the choices mean is said beside each of them.
  const [asked = ""] = question.split(" guest: ");
  return [
    `  ${number}. ${id}`,
    `     ${asked}`,
    ...choices.map((choice) => {
      const meaning = meanings[choice];
      return `       ${meaning === undefined ? choice : `${choice.padEnd(width)}  ${meaning}`}`;
    }),
  ];
}

function nextLines(plan: Plan, file: string | undefined): string[] {
  if (file === undefined)
    return ["", "Next: write it down with --out plan.yaml, and read it there. Nothing has been changed."];
  const answer = openQuestions(plan).length === 0 ? "" : `answer the questions in ${file}, then `;
  return [
    "",
    `Written to ${file}. Next: ${answer}npx rowhouse convert run --plan ${file}. Nothing has been changed yet, and what run does can be taken back until its last phase.`,
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
