import type { Plan, PlannedTable, TableClass } from "../plan.ts";

const titles: Readonly<Record<TableClass, string>> = {
  tenant: "become an organization's",
  mixed: "become an organization's, apart from rows that are everybody's",
  "existing-tenant": "are about teams, which become organizations",
  identity: "stay a person's",
  global: "stay everybody's",
  ask: "wait for an answer",
};

/** The plan as a person reads it at a terminal. */
export function renderPlan(plan: Plan, file?: string): string {
  const classes = Object.keys(titles) as TableClass[];
  const groups = classes.flatMap((kind) => {
    const tables = plan.tables.filter((table) => table.class === kind);
    return tables.length === 0
      ? []
      : [
          `${tables.length} ${tables.length === 1 ? "table" : "tables"}: ${titles[kind]}`,
          ...tables.flatMap(linesOf),
          "",
        ];
  });
  const questions = plan.questions.flatMap(({ id, question, choices }) => [
    `  ${id}`,
    `    ${question}`,
    `    ${choices.join(" | ")}`,
  ]);
  return [
    `Users: ${plan.anchor}${plan.teams === null ? "" : `; teams: ${plan.teams.table}`}. New column: ${plan.column}.`,
    ...plan.issues.map((issue) => `! ${issue}`),
    "",
    ...groups,
    ...(questions.length === 0
      ? ["No questions."]
      : [`${plan.questions.length} to be answered before it can run:`, ...questions]),
    ...(file === undefined ? ["", "Give --out plan.yaml to write it down."] : ["", `Written to ${file}.`]),
  ].join("\n");
}

function linesOf({ table, path, confidence, reason, issues }: PlannedTable): string[] {
  const way = path.map(({ to }) => to).join(" > ");
  return [
    `  ${table}  ${Math.round(confidence * 100)} %${way === "" ? "" : `  ${path[0]?.from ?? ""} > ${way}`}`,
    `    ${reason}`,
    ...issues.map((issue) => `    ! ${issue}`),
  ];
}
