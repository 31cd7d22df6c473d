import type { Table } from "../catalog/catalog.ts";
import { countSet } from "./evidence.ts";
import type { Edge } from "./edge.ts";
import { findPairs } from "./find-polymorphic.ts";
import { familyOf } from "./guess-edges.ts";
import { lookupShape, type Use } from "./global-shape.ts";
import {
  edgesFrom,
  edgesTo,
  hasColumn,
  isComposition,
  isNamedAfter,
  isUserEdge,
  rankOfParent,
  sampleOf,
  type Situation,
} from "./situation.ts";
import type { PathStep } from "../plan.ts";
import { sureEnough, type Verdict } from "./verdict.ts";
import { stepOf } from "./way.ts";
import { isSurrogate, roleOfUserColumn, snakeOf } from "./words.ts";

interface Course {
  readonly situation: Situation;
  readonly verdicts: ReadonlyMap<Table, Verdict>;
}

/** Decides the tables from which no way leads to an owner; a whole before its parts. */
export function unownedVerdicts({ situation, verdicts }: Course, tables: readonly Table[]): readonly Verdict[] {
  const all = new Map(verdicts);
  const found: Verdict[] = [];
  const settle = (table: Table, way: readonly Table[]): void => {
    if (all.has(table) || way.includes(table)) return;
    for (const { parent } of edgesFrom(situation, table)) settle(parent, [...way, table]);
    const verdict = unownedVerdict({ situation, verdicts: all }, table);
    all.set(table, verdict);
    found.push(verdict);
  };
  for (const table of tables) settle(table, []);
  return found;
}

function unownedVerdict(course: Course, table: Table): Verdict {
  const { situation } = course;
  const shape = lookupShape(table, useOf(course, table));
  const verdict: Verdict = { table, class: "global", way: null, ...shape, choices: [], ownerless: null };
  if (shape.confidence >= sureEnough) return verdict;
  const isOffered = (edge: Edge): boolean =>
    isUserEdge(situation, edge) ||
    isOwned(course, edge.parent) ||
    (isWhole(situation, edge) && course.verdicts.get(edge.parent)?.class === "ask");
  const offered = edgesFrom(situation, table)
    .filter(isOffered)
    .map((edge) => choiceOf(stepOf(edge)));
  const asked: Verdict = { ...verdict, class: "ask", choices: ["global", "identity", ...offered] };
  const whole = undecidedWhole(course, table);
  return whole === undefined ? asked : { ...asked, whole };
}

/** The one thing that it is a part of, where that is not decided. */
function undecidedWhole({ situation, verdicts }: Course, table: Table): Edge | undefined {
  const wholes = edgesFrom(situation, table).filter((edge) => isWhole(situation, edge) && !isUserEdge(situation, edge));
  const [part] = wholes
    .filter((edge) => verdicts.get(edge.parent)?.class === "ask")
    .sort((left, right) => rankOfParent(right) - rankOfParent(left));
  return part !== undefined &&
    (isComposition(part) || wholes.every(({ parent }) => verdicts.get(parent)?.class === "ask"))
    ? part
    : undefined;
}

/** It is always said, or nothing else is: where there is no row, a key that cascades says as much. */
function isWhole(situation: Situation, edge: Edge): boolean {
  if (edge.notNull) return true;
  const sample = sampleOf(situation, edge.table);
  const rows = sample?.rows ?? 0;
  if (rows > 0) return countSet(sample, edge.columns) === rows;
  return edge.cascade || edgesFrom(situation, edge.table).length === 1;
}

function isOwned({ verdicts }: Course, table: Table): boolean {
  return (verdicts.get(table)?.way ?? null) !== null;
}

/** What is a part of a row that several users share belongs to none of them alone, though it names whoever wrote it. */
export function partsOfUndecided({ situation, verdicts }: Course): readonly Verdict[] {
  return [...verdicts.values()].flatMap((verdict) => {
    const { way } = verdict;
    if (way === null || verdict.class === "ask") return [];
    const isOfUser = way.derivation.by === "user";
    const isLoose = !edgesFrom(situation, verdict.table).some(
      (edge) => isComposition(edge) && stepOf(edge).from === way.step.from,
    );
    const whole = edgesFrom(situation, verdict.table).find((edge) => {
      const parent = verdicts.get(edge.parent);
      return (
        edge.notNull &&
        parent?.class === "ask" &&
        parent.way === null &&
        ((isOfUser && joinOf({ situation, verdicts }, edge.parent) !== null) || (isLoose && isNamedAfter(edge)))
      );
    });
    if (whole === undefined) return [];
    const reason = `It is a part of ${whole.parent.sql}, of which it is not decided whose it is.`;
    const choices = [way.step, stepOf(whole)].map(choiceOf);
    return [
      {
        ...verdict,
        class: "ask" as const,
        confidence: 0.5,
        reason,
        choices: [...choices, "global", "identity"],
        whole,
      },
    ];
  });
}

/** In the words that an answer is read in. */
function choiceOf({ from, to }: PathStep): string {
  return `tenant by ${from} -> ${to}`;
}

function useOf(course: Course, table: Table): Use {
  const { situation, verdicts } = course;
  const referring = edgesTo(situation, table);
  const rows = referring.reduce((sum, edge) => sum + (countSet(sampleOf(situation, edge.table), edge.columns) ?? 0), 0);
  const own = edgesFrom(situation, table);
  const wholes = own.filter((edge) => isWhole(situation, edge) && !isUserEdge(situation, edge));
  const isPart = wholes.some(({ parent }) => verdicts.get(parent)?.class === "global");
  const isGiven = referring.length > 0 && referring.every((edge) => givesWords(situation, edge));
  const isOfOwned = referring.every((edge) => isOwned(course, edge.table));
  const touching = own.find(
    (edge) =>
      isOwned(course, edge.parent) ||
      verdicts.get(edge.parent)?.class === "ask" ||
      (isUserEdge(situation, edge) && ["owner", "creator"].includes(roleOfUserColumn(edge.columns[0] ?? ""))),
  );
  return {
    referred: new Set(referring.map((edge) => edge.table)).size,
    perRow: table.rows > 0 ? rows / table.rows : null,
    shared: isPart && !hasColumn(table, /^(object|subject|target|entity|item|record|resource|content)_(id|pk|uuid)$/),
    undecided: wholes.find(({ parent }) => verdicts.get(parent)?.class === "ask")?.parent.sql ?? null,
    joinedBy: joinOf(course, table)?.table.sql ?? null,
    wordsOf: isGiven && isOfOwned ? (referring[0]?.table.sql ?? null) : null,
    isAlone: referring.length > 0 && !isChosen(course, table, []),
    touches: touching?.parent.sql ?? null,
    isTyped: findPairs(table, own).length > 0,
  };
}

/** Whether rows of an owner or of a person refer to it, or to what refers to it, as an address to the states of a country. */
function isChosen(course: Course, table: Table, passed: readonly Table[]): boolean {
  return edgesTo(course.situation, table).some(
    (edge) =>
      isOwned(course, edge.table) ||
      course.verdicts.get(edge.table)?.class === "identity" ||
      (!passed.includes(edge.table) && isChosen(course, edge.table, [...passed, table])),
  );
}

/** By members or participants; or by anything that names a person, where the rows have no name by which one would choose them. */
function joinOf({ situation, verdicts }: Course, table: Table): Edge | null {
  const isNamed = hasColumn(
    table,
    /^(code|key|slug|symbol|iso|iso_code|locale|name|title|currency|domain|hostname|url|label)$/,
  );
  const isNatural = !table.key.every(isSurrogate) || isKeptByName(table);
  if (/(^|_)(role|permission|type|status|kind|level)(e?s)?$/.test(snakeOf(table.name))) return null;
  const isPerson = (edge: Edge): boolean =>
    edge.notNull && (isUserEdge(situation, edge) || verdicts.get(edge.parent)?.class === "identity");
  const joins = edgesTo(situation, table).filter(
    (edge) =>
      isComposition(edge) &&
      verdicts.get(edge.table)?.class !== "identity" &&
      edgesFrom(situation, edge.table).some(isPerson),
  );
  const membership = joins.find(
    (edge) =>
      /(^|_)(member|membership|participant|collaborator|attendee|manager)s?$/.test(snakeOf(edge.table.name)) ||
      (!isNatural && isNamedAfter(edge) && /_users?$/.test(snakeOf(edge.table.name))),
  );
  return membership ?? (isNamed || isNatural ? null : (joins[0] ?? null));
}

/** By a word that there is once, as a currency by its code. */
function isKeptByName({ indexes, columns }: Table): boolean {
  const isWord = (name: string | null): boolean =>
    /(^|_)(code|key|symbol|name|title|type|label|slug)$/.test(snakeOf(name ?? "")) &&
    columns.some((column) => column.name === name && familyOf(column.baseType) === "text");
  return indexes.some(({ unique, primary, columns: of }) => unique && !primary && of.length === 1 && of.every(isWord));
}

/** A join of anything to a word: a type and an id beside it, or nothing but two keys. */
function givesWords(situation: Situation, edge: Edge): boolean {
  const { table } = edge;
  if (edge.parent.columns.length > 8 || !hasColumn(edge.parent, /^(name|label|slug|title)$/)) return false;
  if (findPairs(table, []).length > 0) return true;
  const keys = edgesFrom(situation, table).filter(({ notNull }) => notNull);
  const others = table.columns.filter(
    ({ name }) =>
      !keys.some(({ columns }) => columns.includes(name)) &&
      !/^(id|uuid|created_at|updated_at|position|order|value|weight|score)$/.test(snakeOf(name)),
  );
  return keys.length === 2 && others.length === 0 && !keys.some((key) => isUserEdge(situation, key));
}
