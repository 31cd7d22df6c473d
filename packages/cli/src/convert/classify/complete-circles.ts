import type { Table } from "../catalog/catalog.ts";
import type { Derivation } from "../plan.ts";
import { polymorphicWay } from "./polymorphic-way.ts";
import type { Situation } from "./situation.ts";
import type { Verdict } from "./verdict.ts";
import type { Way } from "./way.ts";

/**
 * Ways by a type and an id that were taken before all that they point to had an owner, as where a picture's thumbnails are files of that
 * picture: now that it has one, those rows are found, too.
 */
export function completeCircles(
  situation: Situation,
  verdicts: ReadonlyMap<Table, Verdict>,
): readonly { readonly table: Table; readonly way: Way }[] {
  const isOwned = (table: Table): boolean => (verdicts.get(table)?.way ?? null) !== null;
  return [...verdicts.values()].flatMap(({ table, way }) => {
    if (way === null || way.derivation.by !== "polymorphic" || (way.lost ?? 0) === 0) return [];
    const now = polymorphicWay(situation, table, isOwned);
    const isMore =
      now !== null && casesIn(now.derivation) > casesIn(way.derivation) && (now.lost ?? 0) < (way.lost ?? 0);
    return isMore ? [{ table, way: { ...now, step: way.step, next: way.next } }] : [];
  });
}

function casesIn(derivation: Derivation): number {
  if (derivation.by === "coalesce") return derivation.of.reduce((sum, each) => sum + casesIn(each), 0);
  return derivation.by === "polymorphic" ? derivation.cases.length : 0;
}
