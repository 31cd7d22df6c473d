import type { Table } from "../catalog/catalog.ts";
import type { Derivation, TableClass } from "../plan.ts";
import { chooseWay, type Choice, type Standing } from "./choose-way.ts";
import { completeCircles } from "./complete-circles.ts";
import { countRows, countSet, type Comparison } from "./evidence.ts";
import { findIdentity } from "./find-identity.ts";
import type { Edge } from "./edge.ts";
import { findPairs } from "./find-polymorphic.ts";
import { systemShape } from "./global-shape.ts";
import { isMixed } from "./is-mixed.ts";
import { referrerWay } from "./referrer-way.ts";
import { edgesFrom, isNamedAfter, isTeamEdge, isUserEdge, sampleOf, saysParent, type Situation } from "./situation.ts";
import { partsOfUndecided, unownedVerdicts } from "./unowned-verdict.ts";
import { sureEnough, type Verdict } from "./verdict.ts";
import type { Way } from "./way.ts";
import { roleOfUserColumn } from "./words.ts";

export interface Classified {
  readonly verdicts: ReadonlyMap<Table, Verdict>;
  /** What the data should be asked before this is called with its answers. */
  readonly wanted: readonly Comparison[];
}

/** Decides what each table becomes. The same situation gives the same verdicts. */
export function classifyTables(situation: Situation): Classified {
  const tables = situation.catalog.tables.filter(({ isPartition }) => !isPartition);
  const verdicts = new Map<Table, Verdict>();
  const wanted = new Map<string, Comparison>();
  const settle = (verdict: Verdict): void => void verdicts.set(verdict.table, verdict);
  for (const table of tables) {
    const shape = systemShape(table);
    if (
      shape !== null &&
      edgesFrom(situation, table).every(({ notNull, parent }) => !notNull || systemShape(parent) !== null)
    )
      settle({ ...plain(table, "global", shape), internal: true });
  }
  const reach = reachable(
    situation,
    tables.filter((table) => !verdicts.has(table)),
  );
  for (const [table, shape] of findIdentity(situation, reach))
    if (!verdicts.has(table)) settle(plain(table, "identity", shape));
  for (const table of teamTables(situation))
    settle(plain(table, "existing-tenant", { confidence: 0.93, reason: situation.teams?.reason ?? "" }));
  const open = new Set(tables.filter((table) => !verdicts.has(table) && reach.has(table)));
  follow(situation, { open, settle, verdicts, wanted });
  for (let before = -1; before !== verdicts.size;) {
    before = verdicts.size;
    for (const table of tables) {
      if (verdicts.has(table)) continue;
      const way = referrerWay(situation, table, (referrer) => isOwned(verdicts.get(referrer)));
      if (way !== null) settle(ownedVerdict({ situation, verdicts }, table, { best: way, others: [], wanted: [] }));
    }
    // What hangs on a table that was found from behind.
    const rest = reachable(
      situation,
      tables.filter((table) => !verdicts.has(table)),
      (parent) => isOwned(verdicts.get(parent)),
    );
    follow(situation, { open: rest, settle, verdicts, wanted });
  }
  for (const { table, way } of completeCircles(situation, verdicts))
    settle(ownedVerdict({ situation, verdicts }, table, { best: way, others: [], wanted: [] }));
  for (const verdict of unownedVerdicts({ situation, verdicts }, tables)) settle(verdict);
  for (const verdict of partsOfUndecided({ situation, verdicts })) settle(verdict);
  return { verdicts, wanted: [...wanted.values()] };
}

function teamTables({ teams }: Situation): readonly Table[] {
  return teams === null ? [] : [teams.table, ...teams.about];
}

function plain(
  table: Table,
  kind: TableClass,
  { confidence, reason }: { confidence: number; reason: string },
): Verdict {
  return { table, class: kind, way: null, confidence, reason, choices: [], ownerless: null };
}

function isOwned(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && verdict.way !== null;
}

function standingOf(verdict: Verdict | undefined): Standing {
  if (!isOwned(verdict)) return "none";
  return verdict?.class === "mixed" ? "mixed" : "owned";
}

interface Course {
  readonly open: Set<Table>;
  readonly verdicts: ReadonlyMap<Table, Verdict>;
  readonly settle: (verdict: Verdict) => void;
  readonly wanted: Map<string, Comparison>;
}

/** Settles tables whose way leads to settled ones, until none is left. A circle is cut where a way out of it is surest. */
function follow(situation: Situation, { open, settle, verdicts, wanted }: Course): void {
  const decide = (table: Table, choice: Choice): void => {
    open.delete(table);
    for (const comparison of choice.wanted) wanted.set(JSON.stringify(comparison), comparison);
    if (choice.best !== null) settle(ownedVerdict({ situation, verdicts }, table, choice));
  };
  const leads = (parent: Table): Standing => standingOf(verdicts.get(parent));
  while (open.size > 0) {
    let moved = false;
    for (const table of [...open]) {
      const hoped = chooseWay(situation, table, (parent) =>
        open.has(parent) && parent !== table ? "owned" : leads(parent),
      );
      const sources = hoped.best === null ? [] : needs(hoped.best.derivation);
      if (sources.some((name) => name !== table.sql && isOpen(open, name))) continue;
      decide(table, hoped);
      moved = true;
    }
    if (moved) continue;
    const cuts = [...open].map((table) => ({ table, choice: chooseWay(situation, table, leads) }));
    const [cut] = cuts
      .filter(({ choice }) => choice.best !== null)
      .sort((left, right) => (right.choice.best?.confidence ?? 0) - (left.choice.best?.confidence ?? 0));
    if (cut === undefined) return;
    decide(cut.table, cut.choice);
  }
}

function isOpen(open: ReadonlySet<Table>, name: string): boolean {
  return [...open].some(({ sql }) => sql === name);
}

/** The tables that a derivation goes through first. */
function needs(derivation: Derivation): readonly string[] {
  if (derivation.by === "parent") return [derivation.parent];
  if (derivation.by === "referrer") return [derivation.referrer];
  if (derivation.by === "polymorphic") return derivation.cases.map(({ parent }) => parent);
  return derivation.by === "coalesce" ? derivation.of.flatMap(needs) : [];
}

/** Tables from which columns lead to a user or a team, directly or through others of them. */
function reachable(
  situation: Situation,
  tables: readonly Table[],
  leads: (parent: Table) => boolean = () => false,
): Set<Table> {
  const found = new Set<Table>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const table of tables)
      if (
        !found.has(table) &&
        (edgesFrom(situation, table).some((edge) =>
          leadsOn(situation, edge, (parent) => found.has(parent) || leads(parent)),
        ) ||
          findPairs(table, []).length > 0)
      )
        found.add(table);
  }
  return found;
}

function leadsOn(situation: Situation, edge: Edge, isFound: (parent: Table) => boolean): boolean {
  if (isTeamEdge(situation, edge)) return true;
  const sample = sampleOf(situation, edge.table);
  const set = countSet(sample, edge.columns) ?? 0;
  const always = edge.notNull || (sample !== undefined && sample.rows > 0 && set === sample.rows);
  const role = isUserEdge(situation, edge) ? roleOfUserColumn(edge.columns[0] ?? "") : null;
  if (role !== null) return edge.notNull || role === "owner" || (role === "creator" && (always || set > 0));
  if (edge.parent === situation.users.table || !isFound(edge.parent)) return false;
  if (always || edge.cascade) return true;
  // Where no key cascades, a column that may be NULL may still name the whole; no row speaks against it.
  if ((sample?.rows ?? 0) === 0 && (isNamedAfter(edge) || (!situation.cascades && saysParent(edge)))) return true;
  // One of several that may be set; a picture or the like is not what a row belongs to.
  const siblings = edgesFrom(situation, edge.table).filter(
    (other) => other !== edge && !other.notNull && isFound(other.parent),
  );
  const never = countRows(
    sample,
    [edge, ...siblings].map(({ columns }) => columns[0] ?? ""),
    (count) => count === 0,
  );
  return siblings.length > 0 ? never === null || never === 0 : sample !== undefined && set * 2 > sample.rows;
}

function ownedVerdict(
  { situation, verdicts }: Pick<Course, "verdicts"> & { situation: Situation },
  table: Table,
  { best, others }: Choice,
): Verdict {
  if (best === null) throw new TypeError("A table without a way has no owner.");
  const sample = sampleOf(situation, table);
  const unset = best.optional.length === 0 ? 0 : countRows(sample, best.optional, (count) => count === 0);
  const ownerless = unset === null ? null : unset + (best.lost ?? 0);
  const parent = verdicts.get(best.next);
  const ways = [best, ...others].map(choiceOf);
  const mixed =
    (best.derivation.by === "parent" && parent?.class === "mixed") ||
    isMixed(situation, { table, way: best, ownerless });
  const confidence = mixed ? Math.min(best.confidence, 0.82) : best.confidence;
  const sure = confidence >= sureEnough;
  return {
    table,
    class: sure ? (mixed ? "mixed" : "tenant") : "ask",
    way: best,
    confidence,
    reason: mixed ? `${best.reason} Rows without an owner are everybody's.` : best.reason,
    choices: sure ? [] : [...new Set([...ways, "global", "identity"])],
    ownerless,
  };
}

/** What a question offers and {@link applyAnswers} understands. */
function choiceOf({ derivation, step }: Way): string {
  return derivation.by === "coalesce" || derivation.by === "polymorphic" || derivation.by === "referrer"
    ? "tenant as proposed"
    : `tenant by ${step.from} -> ${step.to}`;
}
