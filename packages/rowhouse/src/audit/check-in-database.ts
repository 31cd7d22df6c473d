import { sql, type QueryExecutorProvider } from "kysely";
import type { ChainPage, ChainRange } from "./chain-page.ts";

interface Summary {
  readonly lastSequence: string | null;
  readonly lastHash: string | null;
  readonly hasExpected: boolean | null;
  readonly brokenSequence: string | null;
  readonly beforeSequence: string | null;
  readonly previousHash: string | null;
  readonly fitsBefore: boolean | null;
  readonly fitsItself: boolean | null;
}

/** Has Postgres recompute the hashes; one row comes back. */
export async function checkInDatabase(db: QueryExecutorProvider, range: ChainRange): Promise<ChainPage> {
  const { organizationId, from, through, expect } = range;
  const { rows } = await sql<Summary>`
    with link as (
      select sequence, hash, previous_hash, rowhouse.audit_hash(e) = hash as fits_itself,
        lag(sequence, 1, ${from.sequence}::bigint) over place as before_sequence,
        lag(hash, 1, decode(${from.hash}::text, 'hex')) over place as before_hash
      from rowhouse.audit_events e
      where organization_id = ${organizationId}::uuid and sequence > ${from.sequence}::bigint and sequence <= ${through}::bigint
      window place as (order by sequence)
    ), judged as (
      select *, before_sequence = sequence - 1 and before_hash = previous_hash as fits_before from link
    ), summary as (
      select max(sequence) as last, min(sequence) filter (where not fits_before or not fits_itself) as broken,
        bool_or(hash = decode(${expect ?? ""}::text, 'hex')) as has_expected
      from judged
    )
    select last.sequence as last_sequence, encode(last.hash, 'hex') as last_hash, summary.has_expected,
      broken.sequence as broken_sequence, broken.before_sequence, encode(broken.previous_hash, 'hex') as previous_hash,
      broken.before_hash = broken.previous_hash as fits_before, broken.fits_itself
    from summary
      left join judged last on last.sequence = summary.last
      left join judged broken on broken.sequence = summary.broken`.execute(db);
  return toPage(rows[0]);
}

function toPage(row: Summary | undefined): ChainPage {
  if (row === undefined || row.lastSequence === null || row.lastHash === null)
    return { last: undefined, broken: undefined, hasExpected: false };
  return {
    last: { sequence: Number(row.lastSequence), hash: row.lastHash },
    hasExpected: row.hasExpected === true,
    broken:
      row.brokenSequence === null
        ? undefined
        : {
            sequence: Number(row.brokenSequence),
            before: Number(row.beforeSequence),
            previousHash: row.previousHash ?? "",
            fitsTheOneBefore: row.fitsBefore === true,
            fitsItsOwnHash: row.fitsItself === true,
          },
  };
}
