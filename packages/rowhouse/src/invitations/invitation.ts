import { sql, type SqlBool } from "kysely";
import type { Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import type { TenantQueries } from "../tenant/tenant.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";

export const invitationStatuses = ["created", "sent", "accepted", "declined", "revoked", "expired"] as const;

/**
 * `created` → `sent` → `accepted` | `declined` | `revoked` | `expired`. The two first are open.
 *
 * Expiry is a fact of the clock: an open invitation past `expiresAt` is `expired` in every list and every decision from that
 * moment, and reserves no seat. The nightly sweep only writes down what holds already.
 */
export type InvitationStatus = (typeof invitationStatuses)[number];

/** An invitation as a page shows it. Its token is not in here and cannot be had again; resending makes a new one. */
export interface Invitation {
  readonly id: string;
  /** To one address, or a link for several people. */
  readonly kind: "email" | "link";
  /** In lower case; `null` for a link. */
  readonly email: string | null;
  readonly role: Role;
  readonly status: InvitationStatus;
  readonly invitedBy: { readonly id: string; readonly name: string };
  readonly useLimit: number | null;
  readonly useCount: number;
  readonly allowedDomain: string | null;
  readonly expiresAt: Date;
  readonly sentAt: Date | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}

export interface NewInvitation {
  readonly invitation: Invitation;
  /**
   * For the link in the mail, and for nothing else. Of an invitation to an address, whoever holds it counts as the person
   * who reads that mailbox: never show it to the person who invites.
   */
  readonly token: string;
}

export const isOpen = sql<SqlBool>`t.status in ('created', 'sent') and t.expires_at > now()`;
export const isOverdue = sql<SqlBool>`status in ('created', 'sent') and expires_at <= now()`;

const effectiveStatus = sql<InvitationStatus>`case when t.status in ('created', 'sent') and t.expires_at <= now() then 'expired' else t.status end`;

/** The organization's invitations, as table `t`. */
export function selectInvitations(db: TenantQueries<ControlPlane>) {
  return db
    .selectFrom("rowhouse.invitations as t")
    .leftJoin("rowhouse.memberships as m", "m.userId", "t.invitedBy")
    .leftJoin("rowhouse.serviceAccounts as s", "s.id", "t.invitedBy")
    .select(["t.id", "t.kind", "t.email", "t.role", "t.invitedBy", "t.useLimit", "t.useCount", "t.allowedDomain"])
    .select(["t.expiresAt", "t.sentAt", "t.decidedAt", "t.createdAt", effectiveStatus.as("status")])
    .select(sql<string>`coalesce(m.name, s.name, '')`.as("inviterName"));
}

interface InvitationRow extends Omit<Invitation, "invitedBy"> {
  readonly invitedBy: string;
  readonly inviterName: string;
}

export function toInvitation(row: InvitationRow): Invitation {
  const { id, kind, email, role, status, useLimit, useCount, allowedDomain, expiresAt, sentAt, decidedAt, createdAt } =
    row;
  const invitedBy = { id: row.invitedBy, name: row.inviterName };
  return {
    id,
    kind,
    email,
    role,
    status,
    invitedBy,
    useLimit,
    useCount,
    allowedDomain,
    expiresAt,
    sentAt,
    decidedAt,
    createdAt,
  };
}

/** @throws RowhouseError NOT_FOUND */
export async function getInvitation(db: TenantQueries<ControlPlane>, id: string): Promise<Invitation> {
  const row = await selectInvitations(db).where("t.id", "=", id).executeTakeFirst();
  if (row === undefined) throw invitationNotFound();
  return toInvitation(row);
}

export function invitationNotFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such invitation.");
}
