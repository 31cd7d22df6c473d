import { createHash } from "node:crypto";
import { sql, type QueryExecutorProvider } from "kysely";
import type { BrokenLink, ChainPage, ChainPosition, ChainRange } from "./chain-page.ts";

interface EventRow {
  readonly sequence: string;
  readonly hash: string;
  readonly previousHash: string;
  /** Microseconds since 2000-01-01, as Postgres keeps time. */
  readonly clock: string;
  /** Text in the order in which it is hashed; `null` for none. */
  readonly texts: readonly (string | null)[];
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Recomputes the hashes in this process, with nothing of the database's but the rows: whoever can edit events can also
 * replace the function that the database checks them with.
 */
export async function checkInProcess(db: QueryExecutorProvider, range: ChainRange): Promise<ChainPage> {
  const { organizationId, from, through, expect } = range;
  const { rows } = await sql<EventRow>`
    select sequence::text, encode(hash, 'hex') as hash, encode(previous_hash, 'hex') as previous_hash,
      (extract(epoch from occurred_at - '2000-01-01 00:00:00Z'::timestamptz) * 1000000)::bigint::text as clock,
      array[organization_id::text, id::text, actor_kind, actor_id, impersonator_id, action, target_kind, target_id,
        ip, user_agent, request_id, reason] as texts,
      before::text, after::text
    from rowhouse.audit_events
    where organization_id = ${organizationId}::uuid and sequence > ${from.sequence}::bigint and sequence <= ${through}::bigint
    order by sequence`.execute(db);
  let place: ChainPosition = from;
  let broken: BrokenLink | undefined;
  for (const row of rows) {
    broken ??= findBreak(row, place);
    place = { sequence: Number(row.sequence), hash: row.hash };
  }
  const hasExpected = rows.some(({ hash }) => hash === expect);
  return { last: rows.length === 0 ? undefined : place, broken, hasExpected };
}

function findBreak(row: EventRow, place: ChainPosition): BrokenLink | undefined {
  const sequence = Number(row.sequence);
  const fitsTheOneBefore = row.previousHash === place.hash;
  const fitsItsOwnHash = hashOf(row) === row.hash;
  if (fitsTheOneBefore && fitsItsOwnHash && sequence === place.sequence + 1) return undefined;
  return { sequence, before: place.sequence, previousHash: row.previousHash, fitsTheOneBefore, fitsItsOwnHash };
}

function hashOf({ texts, before, after, ...row }: EventRow): string {
  const asJson = texts.map((text) => JSON.stringify(text));
  const parts = [...asJson.slice(0, 8), before ?? "null", after ?? "null", ...asJson.slice(8)];
  // The separator is jsonb's.
  const content = createHash("sha256")
    .update(`[${parts.join(", ")}]`)
    .digest();
  const link = createHash("sha256").update(Buffer.from(row.previousHash, "hex"));
  return link.update(eightBytes(row.sequence)).update(eightBytes(row.clock)).update(content).digest("hex");
}

function eightBytes(text: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(text));
  return bytes;
}
