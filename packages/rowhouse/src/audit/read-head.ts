import { sql, type QueryExecutorProvider } from "kysely";
import type { ChainPosition } from "./chain-page.ts";

/** Where an organization's chain begins and ends, by its row in `rowhouse.audit_heads`. */
export interface ChainHead extends ChainPosition {
  /** The last event that retention removed; place 0 when there is none. */
  readonly anchor: ChainPosition;
  /** False when the chain begins late and no event of it says why. */
  readonly isAnchorRecorded: boolean;
  /** The highest place that an event has, seen at the same moment. */
  readonly lastEvent: number;
}

interface HeadRow {
  readonly sequence: string | null;
  readonly hash: string | null;
  readonly prunedSequence: string | null;
  readonly prunedHash: string | null;
  readonly isAnchorRecorded: boolean;
  readonly lastEvent: string | null;
}

/** An organization without a head has an empty chain. */
export async function readHead(db: QueryExecutorProvider, organizationId: string): Promise<ChainHead> {
  const { rows } = await sql<HeadRow>`
    select head.sequence, encode(head.hash, 'hex') as hash, head.pruned_sequence, encode(head.pruned_hash, 'hex') as pruned_hash,
      coalesce(head.pruned_sequence, 0) = 0 or exists (
        select from rowhouse.audit_events
        where organization_id = o.id and action = 'audit.pruned' and actor_kind = 'operator'
          and after ->> 'throughSequence' = head.pruned_sequence::text
          and after ->> 'throughHash' = encode(head.pruned_hash, 'hex')) as is_anchor_recorded,
      (select max(sequence) from rowhouse.audit_events where organization_id = o.id) as last_event
    from (select ${organizationId}::uuid as id) o left join rowhouse.audit_heads head on head.organization_id = o.id`.execute(
    db,
  );
  const [row] = rows;
  return {
    sequence: Number(row?.sequence ?? 0),
    hash: row?.hash ?? "",
    anchor: { sequence: Number(row?.prunedSequence ?? 0), hash: row?.prunedHash ?? "" },
    isAnchorRecorded: row?.isAnchorRecorded === true,
    lastEvent: Number(row?.lastEvent ?? 0),
  };
}
