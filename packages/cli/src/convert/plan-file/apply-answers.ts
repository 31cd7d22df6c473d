import type { RowhouseError } from "rowhouse";
import { followWholes, wholeOf } from "./follow-wholes.ts";
import type { Derivation, Plan, PlannedTable, Question, Unowned } from "../plan.ts";

/** Makes the error for a place in the plan. */
export type Complain = (path: readonly (string | number)[], message: string) => RowhouseError;

/**
 * The plan as its answers have it. A table whose class a person changed by hand needs no answer any more.
 *
 * @throws RowhouseError made by `complain`, where an answer is none of the choices or tables do not fit together
 */
export function applyAnswers(plan: Plan, complain: Complain): Plan {
  let tables = plan.tables;
  plan.questions.forEach((question, index) => {
    const at = tables.findIndex(({ table }) => table === question.table);
    const table = tables[at];
    if (table === undefined)
      throw complain(["questions", index, "table"], `is ${String(question.table)}, which is no table of the plan.`);
    if (question.answer === null) return;
    if (question.choices.length > 0 && !question.choices.includes(question.answer))
      throw complain(
        ["questions", index, "answer"],
        `is "${question.answer}"; expected one of: ${question.choices.join(" | ")}.`,
      );
    if (question.id.startsWith("unowned:")) tables = withUnowned(tables, table, question.answer);
    else if (wholeOf(question.answer) === undefined) {
      const decided = withClass(table, question.answer, plan);
      tables = tables.map((each, place) => (place === at ? decided : each));
    }
  });
  tables = followWholes(tables, plan.questions, (part, answer, all) =>
    withClass(part, answer, { ...plan, tables: all }),
  );
  assertFitting({ ...plan, tables }, complain);
  const decided = { ...plan, tables: tables.map((table) => withInherited(table, tables)) };
  const open = new Set(openQuestions(decided));
  return {
    ...decided,
    questions: plan.questions.map((each) =>
      each.answer !== null || open.has(each) ? each : { ...each, answer: "decided in its table" },
    ),
  };
}

/** What a person has still to decide. */
export function openQuestions({ tables, questions }: Plan): readonly Question[] {
  return questions.filter(({ id, table: name, answer }) => {
    const table = tables.find((each) => each.table === name);
    if (answer !== null || table === undefined) return false;
    return id.startsWith("class:") ? table.class === "ask" : table.class === "tenant" && table.unowned === null;
  });
}

/** Rows without an owner that are everybody's make a table `mixed`, with what is a part of it: whoever refers to such a row may be of any organization. */
function withUnowned(tables: readonly PlannedTable[], table: PlannedTable, answer: string): readonly PlannedTable[] {
  if (answer !== "mixed")
    return tables.map((each) => (each === table ? { ...each, unowned: answer as Unowned } : each));
  const mixed = new Set([table.table]);
  for (let before = 0; before !== mixed.size;) {
    before = mixed.size;
    for (const { table: name, class: kind, derive, unowned } of tables)
      if (kind === "tenant" && unowned === null && derive?.by === "parent" && mixed.has(derive.parent)) mixed.add(name);
  }
  return tables.map((each) => {
    if (mixed.has(each.table)) return { ...each, class: "mixed", unowned: "leave" };
    const references = each.references.map((one) => (mixed.has(one.parent) ? { ...one, composite: false } : one));
    return { ...each, references };
  });
}

function withClass(table: PlannedTable, answer: string, plan: Plan): PlannedTable {
  // A table that a person has decided by hand stays as it is.
  if (table.class !== "ask") return table;
  if (answer === "global" || answer === "identity" || answer === "existing-tenant")
    return { ...table, class: answer, derive: null, path: [], references: [], uniques: [] };
  const by = /^tenant by (?<from>.+) -> (?<to>.+)$/.exec(answer)?.groups;
  if (by === undefined) return { ...table, class: "tenant" };
  const from = namesOf((by["from"] ?? "").slice(table.table.length + 1));
  const parent = [plan.users.table, plan.teams?.table ?? "", ...plan.tables.map((each) => each.table)]
    .filter((name) => (by["to"] ?? "").startsWith(`${name}.`))
    .sort((left, right) => right.length - left.length)[0];
  const to = namesOf((by["to"] ?? "").slice((parent ?? "").length + 1));
  return {
    ...table,
    class: "tenant",
    derive: derivationTo(plan, { from, parent: parent ?? "", to }),
    path: [
      { from: by["from"] ?? "", to: by["to"] ?? "" },
      ...(plan.tables.find((each) => each.table === parent)?.path ?? []),
    ],
  };
}

function derivationTo(
  { users, teams }: Plan,
  { from, parent, to }: { from: string[]; parent: string; to: string[] },
): Derivation {
  const [column = ""] = from;
  if (parent === users.table) return { by: "user", column };
  if (parent === teams?.table) return { by: "team", column };
  return { by: "parent", columns: from, parent, parentColumns: to };
}

/** `user_id`, `"userId"`, `(id, "userId")`: raw. */
function namesOf(columns: string): string[] {
  return [...columns.matchAll(/"((?:[^"]|"")+)"|([^\s(),"]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

function assertFitting(plan: Plan, complain: Complain): void {
  const owned = new Set(
    plan.tables
      .filter(({ class: kind }) => kind === "tenant" || kind === "mixed" || kind === "ask")
      .map(({ table }) => table),
  );
  plan.tables.forEach((table, index) => {
    if (table.class !== "tenant" && table.class !== "mixed") return;
    if (table.derive === null)
      throw complain(
        ["tables", index, "derive"],
        `of ${table.table} is null; a table of class ${table.class} needs a way to its owner.`,
      );
    const lost = sourcesOf(table.derive).filter(
      (name) => !owned.has(name) && name !== plan.users.table && name !== plan.teams?.table,
    );
    if (lost.length > 0)
      throw complain(
        ["tables", index, "derive"],
        `of ${table.table} leads to ${lost.join(", ")}, which has no organization. Give ${table.table} another way or another class.`,
      );
  });
  const [first, ...others] = circleOf(plan);
  if (first !== undefined)
    throw complain(
      ["tables", plan.tables.findIndex(({ table }) => table === first), "derive"],
      `of ${first} leads to no user: ${[first, ...others].join(", ")} lead to each other alone. Give one of them another way or another class.`,
    );
}

/** Tables whose ways lead to each other and to no user and no team. */
function circleOf({ users, teams, tables }: Plan): readonly string[] {
  const ends = new Set([
    users.table,
    teams?.table,
    ...tables.filter((one) => one.class === "ask").map((one) => one.table),
  ]);
  const leads = (derive: Derivation): boolean =>
    derive.by === "user" ||
    derive.by === "team" ||
    (derive.by === "coalesce" ? derive.of.some(leads) : sourcesOf(derive).some((name) => ends.has(name)));
  for (let before = 0; before !== ends.size;) {
    before = ends.size;
    for (const { table, derive } of tables) if (derive !== null && leads(derive)) ends.add(table);
  }
  return tables.flatMap(({ table, class: kind }) =>
    (kind === "tenant" || kind === "mixed") && !ends.has(table) ? [table] : [],
  );
}

/** The tables that a derivation asks. */
function sourcesOf(derivation: Derivation): readonly string[] {
  if (derivation.by === "parent") return [derivation.parent];
  if (derivation.by === "referrer") return [derivation.referrer];
  if (derivation.by === "polymorphic") return derivation.cases.map(({ parent }) => parent);
  return derivation.by === "coalesce" ? derivation.of.flatMap(sourcesOf) : [];
}

/** Where rows of a parent are left or deleted for want of an owner, so are the rows that are parts of them. */
function withInherited(table: PlannedTable, tables: readonly PlannedTable[], depth = 0): PlannedTable {
  if (table.class !== "tenant" || table.unowned !== null || table.derive?.by !== "parent" || depth > tables.length)
    return table;
  const { parent: name } = table.derive;
  const parent = tables.find((each) => each.table === name);
  if (parent === undefined || parent === table) return table;
  const { unowned } = withInherited(parent, tables, depth + 1);
  return unowned === "leave" || unowned === "delete" ? { ...table, unowned } : table;
}
