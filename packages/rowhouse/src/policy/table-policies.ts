import { quoteIdentifier, quoteTable } from "../database/identifier.ts";
import {
  canonicalCondition,
  conversionFloorPolicy,
  floorPolicy,
  isolationPolicy,
  printedCondition,
  printedName,
  printedSealedCondition,
  sealedCondition,
  sharedPolicy,
} from "./canonical-policy.ts";
import type { PolicyFacts } from "./table-facts.ts";

/** `mixed`: rows without an organization are everybody's to read and nobody's to write; the others are as in tenant tables. */
export type TableKind = "tenant" | "mixed";

/** In which of its forms a policy is wanted. */
export interface PolicyForm {
  readonly column: string;
  /** Whether contexts are sealed. */
  readonly isSealed: boolean;
}

/** A condition as it is written, and as Postgres prints it back without white space, the same from 15 to 18. */
interface Condition {
  readonly sql: string;
  readonly printed: string;
}

/** A policy as it has to be, to the letter. */
export interface WantedPolicy {
  readonly name: string;
  readonly isFloor: boolean;
  /** As in {@link PolicyFacts}. */
  readonly command: "*" | "r" | "a" | "w" | "d";
  readonly using: Condition | null;
  readonly check: Condition | null;
}

const commands = { "*": "all", r: "select", a: "insert", w: "update", d: "delete" } as const;

/** Stands in a printed condition for the name of a role, which only the conversion knows. */
const anyRole = "\0";

/** The policies of a table: what lets rows through, and the floor that holds even if somebody adds a wider policy. */
export function wantedPolicies(kind: TableKind, { column, isSealed }: PolicyForm): WantedPolicy[] {
  const own = { sql: canonicalCondition(column), printed: printedCondition(column) };
  const claimed = isSealed ? { sql: sealedCondition(column), printed: printedSealedCondition(column) } : own;
  const isolation: WantedPolicy = { name: isolationPolicy, isFloor: false, command: "*", using: own, check: own };
  const shared: WantedPolicy = {
    name: sharedPolicy,
    isFloor: false,
    command: "r",
    using: isNobodys(column),
    check: null,
  };
  return [
    isolation,
    ...(kind === "mixed" ? [shared] : []),
    ...floors(kind, { name: floorPolicy, own: claimed, column }),
  ];
}

/** In place of the floors while a conversion is under way: each with a door for the old application's role, which names no organization. */
export function conversionFloors(kind: TableKind, column: string, role?: string): WantedPolicy[] {
  const own = { sql: canonicalCondition(column), printed: printedCondition(column) };
  const nobody = "nullif(current_setting('rowhouse.organization_id', true), '') is null";
  const quoted = `'${(role ?? "").replaceAll("'", "''")}'`;
  const door: Condition = {
    sql: `(${nobody} and pg_has_role(current_user, ${quoted}, 'USAGE'))`,
    printed: `((NULLIF(current_setting('rowhouse.organization_id'::text,true),''::text)ISNULL)ANDpg_has_role(CURRENT_USER,'${anyRole}'::name,'USAGE'::text))`,
  };
  return floors(kind, { name: conversionFloorPolicy, own, column, door });
}

/** The names of all that the library puts on a table, whatever its kind is. */
export const ourPolicies: readonly string[] = [
  ...new Set(
    (["tenant", "mixed"] as const).flatMap((kind) =>
      [
        ...wantedPolicies(kind, { column: "organization_id", isSealed: false }),
        ...conversionFloors(kind, "organization_id"),
      ].map(({ name }) => name),
    ),
  ),
];

export function createPolicy(table: string, { name, isFloor, command, using, check }: WantedPolicy): string {
  const sides = [using && `using (${using.sql})`, check && `with check (${check.sql})`].filter((side) => side !== null);
  const kind = isFloor ? "restrictive" : "permissive";
  return `create policy ${quoteIdentifier(name)} on ${quoteTable(table)} as ${kind} for ${commands[command]} to public ${sides.join(" ")}`;
}

export function dropPolicy(table: string, name: string): string {
  return `drop policy ${quoteIdentifier(name)} on ${quoteTable(table)}`;
}

/** True when a policy is to the letter what {@link createPolicy} would make. */
export function isAsWanted(policy: PolicyFacts, wanted: WantedPolicy): boolean {
  return (
    policy.name === wanted.name &&
    policy.permissive === !wanted.isFloor &&
    policy.command === wanted.command &&
    policy.toPublic &&
    isPrinted(policy.using, wanted.using) &&
    isPrinted(policy.check, wanted.check)
  );
}

/**
 * True where a floor is missing because a conversion's stands in its place: the new application starts, and migrates, while the old one
 * still runs. That the door is not open to the new one's role is tried by the boot guard, as nobody.
 */
export function hasDoor(
  policies: readonly PolicyFacts[],
  { name, isFloor }: WantedPolicy,
  { kind, form }: { readonly kind: TableKind; readonly form: PolicyForm },
): boolean {
  if (!isFloor || form.isSealed) return false;
  const named = name.replace(floorPolicy, conversionFloorPolicy);
  const floor = conversionFloors(kind, form.column).find((one) => one.name === named);
  return floor !== undefined && policies.some((policy) => isAsWanted(policy, floor));
}

interface FloorParts {
  readonly name: string;
  readonly own: Condition;
  readonly column: string;
  readonly door?: Condition;
}

/** Of mixed tables in its four commands: reading reaches further than writing. */
function floors(kind: TableKind, { name, own, column, door }: FloorParts): WantedPolicy[] {
  const doors = door === undefined ? [] : [door];
  const write = anyOf([own, ...doors]);
  const floor = { isFloor: true, using: null, check: null };
  if (kind === "tenant") return [{ ...floor, name, command: "*", using: write, check: write }];
  return [
    { ...floor, name: `${name}_select`, command: "r", using: anyOf([own, isNobodys(column), ...doors]) },
    { ...floor, name: `${name}_insert`, command: "a", check: write },
    { ...floor, name: `${name}_update`, command: "w", using: write, check: write },
    { ...floor, name: `${name}_delete`, command: "d", using: write },
  ];
}

function isNobodys(column: string): Condition {
  return { sql: `${quoteIdentifier(column)} is null`, printed: `(${printedName(column)}ISNULL)` };
}

function anyOf(conditions: readonly Condition[]): Condition {
  const [only, ...others] = conditions;
  if (only !== undefined && others.length === 0) return only;
  return {
    sql: conditions.map(({ sql }) => sql).join(" or "),
    printed: `(${conditions.map(({ printed }) => printed).join("OR")})`,
  };
}

function isPrinted(expression: string | null, condition: Condition | null): boolean {
  if (expression === null || condition === null) return expression === condition;
  const found = expression.replace(/\s+/g, "");
  const [start = "", end] = condition.printed.replace(/\s+/g, "").split(anyRole);
  if (end === undefined) return found === start;
  const role = found.slice(start.length, -end.length);
  return found === `${start}${role}${end}` && /^(?:[^']|'')+$/.test(role);
}
