import { quoteIdentifier } from "../database/identifier.ts";

export const isolationPolicy = "tenant_isolation";
export const floorPolicy = "tenant_floor";
/** Of tables in which rows without an organization are everybody's to read. */
export const sharedPolicy = "shared_rows";

/**
 * In place of the floor while `rowhouse convert` is under way: it leaves a door to the role of the old application, which names no
 * organization. The last phase shuts it.
 */
export const conversionFloorPolicy = "tenant_floor_until_contract";

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

/** How Postgres prints the name of a column. */
export function printedName(column: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(column) ? column : quoteIdentifier(column);
}
