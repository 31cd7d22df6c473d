import { quoteIdentifier, quoteTable } from "../database/identifier.ts";
import { RowhouseError } from "../errors.ts";
import { floorPolicy } from "./canonical-policy.ts";
import type { PlannedStatement } from "./plan-policies.ts";
import type { PolicyFacts, TableFacts } from "./table-facts.ts";

/** A part of a policy as Postgres prints it, from 15 to 18: as a transaction names it, and as its seal does. */
interface ContextPart {
  readonly plain: string;
  readonly sealed: string;
}

const parts: readonly ContextPart[] = [
  { plain: uuidOf("rowhouse.organization_id"), sealed: claimOf("sealed_organization") },
  { plain: uuidOf("rowhouse.user_id"), sealed: claimOf("sealed_user") },
  {
    plain: `( SELECT NULLIF(current_setting('rowhouse.address_domain'::text, true), ''::text) AS "nullif")`,
    sealed: claimOf("sealed_address_domain"),
  },
];

/** Whoever names it by a setting holds a secret, so that no seal is needed to show who they are. */
const secretSetting = "current_setting('rowhouse.invitation'::text, true)";

/**
 * What makes the floors of the control plane read the seal, or again the plain settings: pure, and empty for those that are
 * right already. Every one of its tables has a floor, whose condition differs from table to table.
 *
 * @throws RowhouseError MIGRATION_FAILED for a floor that names a context in words that are not ours
 */
export function planSealing(control: readonly TableFacts[], isSealed: boolean): PlannedStatement[] {
  return control.flatMap(({ name, policies }) => {
    const floor = policies.find((policy) => policy.name === floorPolicy);
    if (floor === undefined) return [];
    const [using, check] = [floor.using, floor.check].map((expression) => rewrite(expression, isSealed));
    if (using === floor.using && check === floor.check) return [];
    if (isSealed && !isSealedFloor({ ...floor, using: using ?? null, check: check ?? null })) throw foreignWords(name);
    return [
      {
        sql: `alter policy ${quoteIdentifier(floorPolicy)} on ${quoteTable(name)} using (${using}) with check (${check})`,
        why: isSealed ? "row security believes the seal alone" : "contexts are not sealed any more",
      },
    ];
  });
}

/** True when neither side of the floor believes what a transaction merely says of itself. */
export function isSealedFloor({ using, check }: Pick<PolicyFacts, "using" | "check">): boolean {
  return [using, check].every(
    (expression) =>
      expression?.includes("rowhouse.sealed_organization()") === true &&
      !expression.replaceAll(secretSetting, "").includes("current_setting("),
  );
}

function rewrite(expression: string | null, isSealed: boolean): string | null {
  if (expression === null) return null;
  // Long conditions are printed over several lines.
  const line = expression.replace(/\s+/g, " ").replaceAll("(SELECT ", "( SELECT ");
  const rewritten = parts.reduce(
    (text, { plain, sealed }) => (isSealed ? text.replaceAll(plain, sealed) : text.replaceAll(sealed, plain)),
    line,
  );
  return rewritten === line ? expression : rewritten;
}

function uuidOf(setting: string): string {
  return `( SELECT (NULLIF(current_setting('${setting}'::text, true), ''::text))::uuid AS "nullif")`;
}

function claimOf(name: string): string {
  return `( SELECT rowhouse.${name}() AS ${name})`;
}

function foreignWords(name: string): RowhouseError {
  return new RowhouseError(
    "MIGRATION_FAILED",
    `The policy ${floorPolicy} of ${name} cannot be sealed: it was altered. Put it back as the migrations made it.`,
  );
}
