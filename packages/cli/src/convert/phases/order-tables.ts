import type { Plan, PlannedTable } from "../plan.ts";
import { ownedTables, sourceTables } from "./derivation-sql.ts";

/** Tables in the order in which they can be filled: whoever gives comes before who takes. Those that go in a circle stand together. */
export function orderTables(plan: Plan): PlannedTable[][] {
  const owned = ownedTables(plan);
  const from = new Map(owned.map((table) => [table.table, reached(table, owned)]));
  const groups: PlannedTable[][] = [];
  const placed = new Set<string>();
  const place = (table: PlannedTable, way: readonly string[]): void => {
    if (placed.has(table.table) || way.includes(table.table)) return;
    const sources = from.get(table.table) ?? new Set();
    const circle = owned.filter(
      (one) => one === table || (sources.has(one.table) && from.get(one.table)?.has(table.table) === true),
    );
    const names = circle.map((one) => one.table);
    for (const one of owned) if (sources.has(one.table) && !names.includes(one.table)) place(one, [...way, ...names]);
    if (placed.has(table.table)) return;
    for (const one of names) placed.add(one);
    groups.push(circle);
  };
  for (const table of owned) place(table, []);
  return groups;
}

/** True where a row can take its organization from a row of the same group, so that one round is not enough. */
export function goesInCircle(group: readonly PlannedTable[]): boolean {
  const names = new Set(group.map(({ table }) => table));
  return group.some(({ derive }) => derive !== null && sourceTables(derive).some(({ table }) => names.has(table)));
}

/** All tables that one takes from, by any number of steps. */
function reached(table: PlannedTable, owned: readonly PlannedTable[]): Set<string> {
  const found = new Set<string>();
  const left = [table];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (one.derive === null) continue;
    for (const source of sourceTables(one.derive)) {
      if (found.has(source.table)) continue;
      found.add(source.table);
      left.push(...owned.filter((other) => other.table === source.table));
    }
  }
  return found;
}
