import { sql, type QueryExecutorProvider } from "kysely";
import type { BrokenLink, ChainPosition } from "./chain-page.ts";
import { checkInDatabase } from "./check-in-database.ts";
import { checkInProcess } from "./check-in-process.ts";
import { readHead, type ChainHead } from "./read-head.ts";

/**
 * - `edited`: the event at this place is not the one that was written there
 * - `missing`: there is no event at this place
 * - `reordered`: the event at this place was written at another one
 * - `head-mismatch`: the events do not end (or, after retention, begin) where the organization's head says, or the
 *   expected hash is that of none of them
 */
export type ChainProblem = "edited" | "missing" | "reordered" | "head-mismatch";

export type AuditVerification =
  | {
      readonly ok: true;
      /** How many there are; retention may have removed older ones. */
      readonly events: number;
      /** Hex: the hash of the last event. Kept outside of the database it is what `expect` wants the next time. */
      readonly head: string;
    }
  | { readonly ok: false; readonly sequence: number; readonly problem: ChainProblem };

export interface VerifyOptions {
  /** The head of an earlier verification, in hex: it must still be the hash of one of the events. */
  readonly expect?: string | undefined;
  /** Who computes the hashes: the database (the default), or this process, which trusts no function of the database. */
  readonly hashedBy?: "database" | "process" | undefined;
  /** Events a statement. Default 5,000. */
  readonly pageSize?: number | undefined;
}

/**
 * Follows an organization's chain of events from its beginning to its head, a page a statement: neither memory nor a
 * lock grows with the number of events, and what is written meanwhile is left to the next verification.
 *
 * `db` must see all of the organization's events: its own tenant handle, or a role that row security does not apply to.
 */
export async function verifyChain(
  db: QueryExecutorProvider,
  organizationId: string,
  options: VerifyOptions = {},
): Promise<AuditVerification> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await readHead(db, organizationId);
    const result = await followChain({ db, organizationId, head, options });
    // Retention may remove events while they are being read.
    const wasPruned = !result.ok && (await readHead(db, organizationId)).anchor.sequence !== head.anchor.sequence;
    if (!wasPruned || attempt === 3) return result;
  }
}

interface Verification {
  readonly db: QueryExecutorProvider;
  readonly organizationId: string;
  readonly head: ChainHead;
  readonly options: VerifyOptions;
}

async function followChain({ db, organizationId, head, options }: Verification): Promise<AuditVerification> {
  const { hashedBy = "database", pageSize = 5_000 } = options;
  const expect = options.expect?.toLowerCase();
  const check = hashedBy === "database" ? checkInDatabase : checkInProcess;
  if (!head.isAnchorRecorded) return failed(head.anchor.sequence, "head-mismatch");
  let place: ChainPosition = head.anchor;
  let isExpectedFound = expect === undefined || expect === head.anchor.hash;
  while (place.sequence < head.sequence) {
    const through = Math.min(place.sequence + pageSize, head.sequence);
    const page = await check(db, { organizationId, from: place, through, expect });
    if (page.broken !== undefined) return explain(db, organizationId, { broken: page.broken, anchor: head.anchor });
    if (page.last?.sequence !== through) return failed((page.last ?? place).sequence + 1, "missing");
    isExpectedFound ||= page.hasExpected;
    place = page.last;
  }
  if (head.hash !== place.hash || head.sequence !== place.sequence || head.lastEvent > head.sequence) {
    return failed(Math.max(head.sequence, head.lastEvent), "head-mismatch");
  }
  if (!isExpectedFound) return failed(head.sequence, "head-mismatch");
  return { ok: true, events: head.sequence - head.anchor.sequence, head: head.hash };
}

/** What happened to the first event that does not fit. */
async function explain(
  db: QueryExecutorProvider,
  organizationId: string,
  { broken, anchor }: { broken: BrokenLink; anchor: ChainPosition },
): Promise<AuditVerification> {
  const { sequence, before, fitsTheOneBefore, fitsItsOwnHash } = broken;
  if (before !== sequence - 1) return failed(before + 1, "missing");
  if (fitsTheOneBefore) return failed(sequence, "edited");
  // What it was chained to stands elsewhere now, so it was moved, or the other was.
  if (await hasEvent(db, organizationId, broken.previousHash)) return failed(sequence, "reordered");
  if (!fitsItsOwnHash) return failed(sequence, "edited");
  // It is whole and was chained to something else than what stands before it: that one was written anew, hash and all.
  return before > anchor.sequence ? failed(before, "edited") : failed(sequence, "head-mismatch");
}

async function hasEvent(db: QueryExecutorProvider, organizationId: string, hash: string): Promise<boolean> {
  const { rows } = await sql`
    select from rowhouse.audit_events
    where organization_id = ${organizationId}::uuid and hash = decode(${hash}::text, 'hex') limit 1`.execute(db);
  return rows.length > 0;
}

function failed(sequence: number, problem: ChainProblem): AuditVerification {
  return { ok: false, sequence, problem };
}
