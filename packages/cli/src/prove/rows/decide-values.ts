import type { ForeignKey } from "../catalog/catalog.ts";
import type { Value } from "../session.ts";
import { optionalColumns, type Draft } from "./draft-row.ts";
import type { Surroundings } from "./surroundings.ts";

/** What is decided before any value is chosen: the tenant, what a person gave, and the parents' keys. */
export async function decideValues(around: Surroundings, draft: Draft): Promise<Map<string, readonly Value[]>> {
  const { relation, party, given } = draft;
  const decided = new Map<string, readonly Value[]>();
  const fixed: Record<string, Value> = { ...around.valuesFor(relation) };
  if (relation.tenantColumn !== null && !around.isOrganizations(relation))
    fixed[relation.tenantColumn] = around.tenantOf(party);
  Object.assign(fixed, given);
  for (const [name, value] of Object.entries(fixed)) decided.set(name, [value]);
  // What must have a parent decides first.
  const keys = relation.foreignKeys.toSorted(
    (left, right) => Number(optionalColumns(draft, left).length > 0) - Number(optionalColumns(draft, right).length > 0),
  );
  for (const key of keys) await linkParent(around, draft, { key, decided });
  return decided;
}

async function linkParent(
  around: Surroundings,
  draft: Draft,
  { key, decided }: { key: ForeignKey; decided: Map<string, readonly Value[]> },
): Promise<void> {
  const { relation, party, given, fresh, unlinked } = draft;
  // The caller answers for what it gave, and the party's organization is there.
  if (key.columns.every((name) => name in given || name === relation.tenantColumn)) return;
  const matching: Record<string, Value> = {};
  for (const [index, name] of key.columns.entries()) {
    const value = decided.get(name)?.[0];
    if (value === null) return;
    if (value !== undefined) matching[key.targetColumns[index] ?? ""] = value;
  }
  const optional = optionalColumns(draft, key).filter((name) => decided.get(name)?.length !== 1);
  const needed = optional.length === 0;
  const parent = unlinked.has(key.name)
    ? null
    : (draft.parents.get(key.name) ??
      (await around.parentOf(key, { relation, party, matching, fresh: fresh.has(key.name), needed })));
  if (parent === null) {
    const open = optional.find((name) => !decided.has(name)) ?? optional[0];
    if (open !== undefined) decided.set(open, [null]);
    return;
  }
  if (fresh.has(key.name)) draft.parents.set(key.name, parent);
  for (const [index, name] of key.columns.entries()) {
    if (decided.has(name)) continue;
    const value = parent[key.targetColumns[index] ?? ""] ?? null;
    decided.set(name, optional.includes(name) ? [value, null] : [value]);
  }
}
