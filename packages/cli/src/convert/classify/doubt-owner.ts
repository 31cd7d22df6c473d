import type { Table } from "../catalog/catalog.ts";
import type { Edge } from "./edge.ts";
import { findPairs } from "./find-polymorphic.ts";
import { edgesFrom, isUserEdge, type Situation } from "./situation.ts";
import type { Way } from "./way.ts";
import { roleOfUserColumn, saysOwner, snakeOf } from "./words.ts";

/** A way to a user who need not be the owner is no longer sure. */
export function doubtOwner(situation: Situation, table: Table, way: Way): Way {
  const named = edgesFrom(situation, table)
    .filter((edge) => edge.notNull && isUserEdge(situation, edge))
    .flatMap(({ columns }) => columns);
  // Both see the row today: whoever is taken, the other loses sight of it.
  if (named.length > 1 && !named.some((column) => saysOwner(column) || roleOfUserColumn(column) === "creator"))
    return {
      ...way,
      confidence: Math.min(way.confidence, 0.6),
      reason: `It names more than one user (${named.join(", ")}), and none of them as its owner.`,
    };
  // Whoever is given a right to something is not its owner, and what it is a right to no row shows.
  const edges = edgesFrom(situation, table);
  const isRight = ({ parent }: Edge): boolean => /(^|_)(role|permission|type|level|user)s?$/.test(snakeOf(parent.name));
  const isGrant =
    /(permission|share|sharing|grant|access|acl|collaborator|access_role)s?$/.test(snakeOf(table.name)) &&
    (findPairs(table, edges).length > 0 || edges.some((edge) => !isUserEdge(situation, edge) && !isRight(edge)));
  if (!isGrant) return way;
  const reason = `${way.reason} It may be a right to what is another's.`;
  return { ...way, confidence: Math.min(way.confidence, 0.55), reason };
}
