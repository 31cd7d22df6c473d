import { quoteIdentifier } from "../database/identifier.ts";

export const isolationPolicy = "tenant_isolation";
export const floorPolicy = "tenant_floor";

/**
 * The one condition of every tenant table. `nullif`, because a setting that was once made reads as an empty string
 * afterwards; the sub-select, so that it is evaluated once a statement and not once a row.
 */
export function canonicalCondition(column: string): string {
  return `${quoteIdentifier(column)} = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)`;
}

/**
 * The condition of the floor where contexts are sealed. The policy above the floor stays as it is: a row has to belong to the
 * organization that the transaction names and to the one that its seal names.
 */
export function sealedCondition(column: string): string {
  return `${quoteIdentifier(column)} = (select rowhouse.sealed_organization())`;
}

/** How Postgres prints {@link canonicalCondition} back, without white space. The same from 15 to 18. */
export function printedCondition(column: string): string {
  return `(${printedName(column)}=(SELECT(NULLIF(current_setting('rowhouse.organization_id'::text,true),''::text))::uuidAS"nullif"))`;
}

/** The same of {@link sealedCondition}. */
export function printedSealedCondition(column: string): string {
  return `(${printedName(column)}=(SELECTrowhouse.sealed_organization()ASsealed_organization))`;
}

function printedName(column: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(column) ? column : quoteIdentifier(column);
}
