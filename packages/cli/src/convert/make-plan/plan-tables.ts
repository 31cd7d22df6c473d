import type { Table } from "../catalog/catalog.ts";
import { edgesFrom, isTeamEdge, isUserEdge, type Situation } from "../classify/situation.ts";
import { stepOf } from "../classify/way.ts";
import type { Verdict } from "../classify/verdict.ts";
import type { PathStep, PlannedTable, Question } from "../plan.ts";
import { goesWith } from "../plan-file/follow-wholes.ts";
import { findIssues } from "./find-issues.ts";
import { planReferences } from "./plan-references.ts";
import { planUniques } from "./plan-uniques.ts";

type Verdicts = ReadonlyMap<Table, Verdict>;

/** The plan of each table and what a person is asked about it. Tables are in the order of their names. */
export function planTables(
  situation: Situation,
  verdicts: Verdicts,
  column: string,
): { tables: PlannedTable[]; questions: Question[] } {
  const all = [...verdicts.values()].sort((left, right) => (left.table.sql < right.table.sql ? -1 : 1));
  const tables = all.map((verdict): PlannedTable => {
    const { table, way } = verdict;
    const asked = verdict.class === "ask";
    return {
      table: table.sql,
      class: verdict.class,
      path: asked && way === null ? [] : pathOf(situation, verdicts, table),
      derive: way?.derivation ?? null,
      confidence: Math.round(verdict.confidence * 100) / 100,
      reason: verdict.reason,
      issues: findIssues(situation, verdicts, { table, column }),
      internal: verdict.internal === true,
      unowned: verdict.class === "mixed" ? "leave" : null,
      key: table.key,
      rows: table.rows,
      bytes: table.bytes,
      uniques: planUniques(situation, verdict),
      references: planReferences(situation, verdicts, table),
    };
  });
  return { tables, questions: all.flatMap(questionsOf) };
}

/** From table to table to the anchor. Existing teams go on to nobody: the team is the end. */
function pathOf(situation: Situation, verdicts: Verdicts, from: Table): PathStep[] {
  const path: PathStep[] = [];
  const passed = new Set<Table>();
  for (let table: Table | undefined = from; table !== undefined && !passed.has(table);) {
    passed.add(table);
    const verdict: Verdict | undefined = verdicts.get(table);
    const step = verdict?.way?.step ?? plainStep(situation, table);
    if (step === null) break;
    path.push(step);
    table = verdict?.way?.next;
  }
  return path;
}

/** Tables that are a user's or a team's have one step. */
function plainStep(situation: Situation, table: Table): PathStep | null {
  const verdictless = edgesFrom(situation, table);
  const edge =
    verdictless.find((each) => isTeamEdge(situation, each)) ??
    verdictless.find((each) => isUserEdge(situation, each) && each.notNull);
  return table === situation.users.table || edge === undefined ? null : stepOf(edge);
}

function questionsOf({ table, class: kind, reason, choices, ownerless, way, whole }: Verdict): Question[] {
  if (kind === "ask") {
    // What is a part goes with its whole unless a person says otherwise, so that one answer is enough for both.
    const withWhole = whole === undefined ? [] : [goesWith(whole.parent.sql)];
    const byWhole = whole === undefined ? [] : [`tenant by ${stepOf(whole).from} -> ${stepOf(whole).to}`];
    return [
      {
        id: `class:${table.sql}`,
        table: table.sql,
        question: `Whose are the rows of ${table.sql}? ${reason}`,
        choices: [...new Set([...withWhole, ...byWhole, ...choices])],
        answer: withWhole[0] ?? null,
      },
    ];
  }
  if (kind !== "tenant" || way === null || ownerless === null || ownerless === 0) return [];
  return [
    {
      id: `unowned:${table.sql}`,
      table: table.sql,
      question: `What becomes of the rows of ${table.sql} that have no owner (${ownerless} of those looked at)? guest: they go to a reserved organization without members; leave: they stay in none, unseen by tenants; delete: they are deleted; mixed: they are everybody's.`,
      choices: ["guest", "leave", "delete", "mixed"],
      answer: null,
    },
  ];
}
