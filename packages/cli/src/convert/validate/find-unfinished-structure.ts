import { ownedTables } from "../phases/derivation-sql.ts";
import type { ConversionFinding } from "./conversion-finding.ts";
import { countLabels, findingsOf, hasReached, type Validation } from "./validation.ts";

/** Indexes that were not built to their end, constraints that were never checked, and columns that may still be empty. */
export async function findUnfinishedStructure(validation: Validation): Promise<ConversionFinding[]> {
  const { plan } = validation;
  const owned = ownedTables(plan);
  const tables = owned.map(({ table }) => table);
  const filled = owned.filter(({ class: kind, unowned }) => kind === "tenant" && unowned !== "leave");
  return [
    ...findingsOf(await countLabels(validation, invalidIndexes, [tables, plan.column]), {
      rule: "invalid-index",
      table: null,
      detail: "Indexes that begin with the organization, or hold it, are not valid.",
    }),
    ...(hasReached(validation, "constrain")
      ? [
          ...findingsOf(await countLabels(validation, unvalidated, [tables, plan.column]), {
            rule: "unvalidated-constraint",
            table: null,
            detail: "Constraints on the organization were never checked against the rows that are there.",
          }),
          ...findingsOf(await countLabels(validation, nullable, [filled.map(({ table }) => table), plan.column]), {
            rule: "nullable-column",
            table: null,
            detail: `Tables still take rows without ${plan.column}.`,
          }),
        ]
      : []),
  ];
}

const ofTables = `from unnest($1::text[]) as given (name)
  join pg_catalog.pg_attribute a on a.attrelid = given.name::pg_catalog.regclass and a.attname = $2`;

const invalidIndexes = `select i.indexrelid::pg_catalog.regclass as label ${ofTables}
  join pg_catalog.pg_index i on i.indrelid = a.attrelid and a.attnum = any (i.indkey) and not i.indisvalid`;

/** Up to Postgres 17 the copy of a key that points to a partition is never marked: the whole's mark counts. */
const unvalidated = `select pg_catalog.format('%s on %s', c.conname, given.name) as label ${ofTables}
  join pg_catalog.pg_constraint c on c.conrelid = a.attrelid and a.attnum = any (c.conkey) and not c.convalidated
    and not exists (select from pg_catalog.pg_constraint whole
      where whole.oid = c.conparentid and whole.conrelid = c.conrelid)`;

const nullable = `select given.name as label ${ofTables} where not a.attnotnull`;
