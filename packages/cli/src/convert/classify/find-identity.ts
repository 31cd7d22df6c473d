import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { countSet } from "./evidence.ts";
import { casesOf, findPairs, valuesOf, type Pair } from "./find-polymorphic.ts";
import { accessShape, grantShape, looksLikeAccess, perUserShape, type Shape } from "./identity-shape.ts";
import {
  edgesFrom,
  edgesTo,
  hasColumn,
  isTeamEdge,
  isUserEdge,
  perUser,
  sampleOf,
  type Situation,
} from "./situation.ts";
import { roleOfUserColumn, snakeOf } from "./words.ts";

/** Tables that are about a person, not about what the person works on. `owned` are those that some way leads from to an owner. */
export function findIdentity(situation: Situation, owned: ReadonlySet<Table>): ReadonlyMap<Table, Shape> {
  const { users, teams, catalog } = situation;
  const found = new Map<Table, Shape>([[users.table, { confidence: 0.98, reason: users.reason }]]);
  for (const alias of users.aliases)
    if (edgesTo(situation, alias).length > 0)
      found.set(alias, { confidence: 0.9, reason: "Its key is the user's: it is a part of the user." });
  // Where the rows that become organizations are not those who log in but belong to them, these are persons, too.
  for (const { parent, notNull } of edgesFrom(situation, users.table))
    if (notNull && edgesTo(situation, parent).some(({ table }) => looksLikeAccess(table)))
      found.set(parent, {
        confidence: 0.85,
        reason: `Rows of ${users.table.sql} belong to it, and it holds those who log in.`,
      });
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const table of catalog.tables) {
      if (found.has(table) || table === teams?.table || teams?.about.includes(table) === true) continue;
      const shape = shapeOf(situation, table, { owned, found });
      if (shape !== null) found.set(table, shape);
    }
  }
  return found;
}

function shapeOf(
  situation: Situation,
  table: Table,
  { owned, found }: { owned: ReadonlySet<Table>; found: ReadonlyMap<Table, Shape> },
): Shape | null {
  const edges = edgesFrom(situation, table);
  // What a type and an id point to says more than whose right it is.
  const isTyped = findPairs(table, edges).length > 0 && !pointsToUsers(situation, table);
  const toUser = edges.filter((edge) => isUserEdge(situation, edge));
  const others = edges.filter((edge) => !isUserEdge(situation, edge));
  for (const { parent } of others) {
    const grant = toUser.length === 0 ? null : grantShape(table, parent);
    if (grant !== null) return grant;
  }
  const loose = toUser.length === 0 && others.every(({ notNull }) => !notNull) ? accessShape(table, false) : null;
  // What names nobody but an address lets in whoever has that, also where it may name a team as well.
  if (loose !== null) return loose;
  if (
    others.some(
      (edge) => isTeamEdge(situation, edge) || (edge.notNull && owned.has(edge.parent) && !found.has(edge.parent)),
    )
  )
    return null;
  // A row of its own account, not one that it has done something to.
  const own = toUser.filter((edge) => roleOfUserColumn(edge.columns[0] ?? "") === "owner");
  const access = accessShape(table, own.length > 0);
  if (access !== null) return access;
  const children = edgesTo(situation, table).filter((edge) => !found.has(edge.table));
  if (children.length === 0 && pointsToUsers(situation, table)) {
    if (others.every((edge) => !owned.has(edge.parent)))
      return (
        rightsShape(table, others) ?? { confidence: 0.76, reason: "It points to users by a column that says the type." }
      );
  }
  const [edge] = own;
  if (edge !== undefined && children.length === 0) {
    const rights = isTyped ? null : rightsShape(table, others);
    const shape = rights ?? perUserShape(table, edge.notNull ? perUser(table, edge) : "none");
    if (shape !== null) return shape;
  }
  return childShape(others, { own, found });
}

/** Pairs of a type and an id in which no other type than the user's was ever seen; or the rights of whoever they point to. */
function pointsToUsers(situation: Situation, table: Table): boolean {
  const sample = sampleOf(situation, table);
  const isUsed = ({ typeColumn }: Pair): boolean =>
    (sample?.rows ?? 0) === 0 || (countSet(sample, [typeColumn]) ?? 0) > 0;
  const pairs = findPairs(table, edgesFrom(situation, table)).filter(isUsed);
  return (
    pairs.length > 0 &&
    pairs.every((pair) => {
      const values = valuesOf(pair, sample);
      const users = casesOf(pair, sample, situation.catalog.tables).filter(({ edge }) => isUserEdge(situation, edge));
      return values.length === 0
        ? /(^|_)has_/.test(snakeOf(table.name)) ||
            /^(model|user|principal|grantee|holder)_/.test(snakeOf(pair.typeColumn))
        : users.length === values.length;
    })
  );
}

/** What a user may do: a role or a permission joined to a user. */
function rightsShape(table: Table, others: readonly Edge[]): Shape | null {
  const isRight = others.some(({ parent }) =>
    /(^|_)(role|permission|authority|scope|group)s?$/.test(snakeOf(parent.name)),
  );
  return isRight && table.columns.length <= 5 && !hasColumn(table, /(amount|price|content|body)/)
    ? { confidence: 0.82, reason: "It says what a user may do." }
    : null;
}

/** A part of something that is a person's already. */
function childShape(
  others: readonly Edge[],
  { own, found }: { own: readonly Edge[]; found: ReadonlyMap<Table, Shape> },
): Shape | null {
  const parent = others.find((edge) => (edge.notNull || edge.cascade) && found.has(edge.parent));
  if (parent === undefined || own.some(({ notNull }) => notNull)) return null;
  return others.every((edge) => found.has(edge.parent))
    ? { confidence: 0.8, reason: `It is a part of ${parent.parent.sql}, which is a person's.` }
    : null;
}
