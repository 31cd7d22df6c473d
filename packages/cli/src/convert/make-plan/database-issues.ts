import type { Catalog } from "../catalog/catalog.ts";
import { edgesFrom, isUserEdge, type Situation } from "../classify/situation.ts";
import type { PlannedTable } from "../plan.ts";

/** Published tables are named up to this many. */
const named = 5;

/** What a person should know of the whole database before a conversion touches it, a sentence each. */
export function databaseIssues(
  situation: Situation,
  { planned, hidden }: { planned: readonly PlannedTable[]; hidden: readonly string[] },
): readonly string[] {
  const { catalog } = situation;
  const logical = catalog.slots.filter((slot) => slot.logical).map(({ name }) => name);
  return [
    ...hiddenIssues(hidden),
    ...hubIssues(situation, planned),
    ...(logical.length === 0
      ? []
      : [
          `Logical replication slots: ${logical.join(", ")}. Every row that the backfill changes goes through them; watch their lag.`,
        ]),
    ...publicationIssues(catalog, planned),
    ...quotedIssues(catalog),
  ];
}

function hiddenIssues(hidden: readonly string[]): string[] {
  if (hidden.length === 0) return [];
  const those = hidden.length > named ? `${hidden.length} tables` : hidden.join(", ");
  return [
    `Row security hides rows of ${those} from the role that made this plan, so their rows were not looked at. Plan as a superuser or as a role with BYPASSRLS.`,
  ];
}

/** Where most tables belong to something of which a user may have several, that may be what should become an organization. */
function hubIssues(situation: Situation, planned: readonly PlannedTable[]): string[] {
  const parts = (name: string): number =>
    planned.filter(({ derive }) => derive?.by === "parent" && derive.parent === name).length;
  const direct = planned.filter(({ derive }) => derive?.by === "user");
  return direct.flatMap(({ table: name }) => {
    const table = situation.catalog.byName.get(name);
    const toUser = table === undefined ? [] : edgesFrom(situation, table).filter((edge) => isUserEdge(situation, edge));
    const isOne = toUser.every(({ unique }) => unique);
    if (isOne || parts(name) < 5 || parts(name) <= 2 * (direct.length - 1)) return [];
    return [
      `${parts(name)} tables belong to a row of ${name}, of which a user may have several. As it stands each user becomes an organization; if each row of ${name} should, plan again with --users-table ${name}.`,
    ];
  });
}

function publicationIssues(catalog: Catalog, planned: readonly PlannedTable[]): string[] {
  const changed = planned
    .filter(({ derive }) => derive !== null)
    .flatMap(({ table }) => catalog.byName.get(table) ?? []);
  const publications = [...new Set(changed.flatMap((table) => table.publications))].sort();
  return publications.map((publication) => {
    const tables = changed.filter((table) => table.publications.includes(publication)).map(({ sql }) => sql);
    const those = tables.length > named ? `${tables.length} tables that change` : tables.join(", ");
    return `The publication ${publication} holds ${those}: subscribers need the new column first, and receive every row that the backfill changes.`;
  });
}

function quotedIssues({ tables }: Catalog): string[] {
  const quoted = tables.filter(
    ({ sql, columns, isPartition }) =>
      !isPartition && (sql.includes('"') || columns.some(({ name }) => name !== name.toLowerCase())),
  ).length;
  if (quoted === 0) return [];
  const those = quoted === 1 ? "one table or its columns" : `${quoted} tables or their columns`;
  return [`Names of ${those} need quotes: SQL by hand has to write them so.`];
}
