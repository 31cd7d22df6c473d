import { sql } from "kysely";
import { pageByCursor, type CursorInput, type Page } from "../database/page-by-cursor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import {
  invitationStatuses,
  isOpen,
  selectInvitations,
  toInvitation,
  type Invitation,
  type InvitationStatus,
} from "./invitation.ts";
import { invalidInvitation } from "./parse-email.ts";

export interface ListInvitationsInput extends CursorInput {
  /** A part of an address or of a link's domain. */
  readonly search?: string | undefined;
  /** `open` is created or sent, and not yet expired. */
  readonly status?: InvitationStatus | "open" | undefined;
}

/**
 * A page of the organization's invitations, the newest first.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT
 */
export async function listInvitations<DB, P extends string>(
  tenant: Tenant<DB, P | "invitations:read">,
  input: ListInvitationsInput = {},
): Promise<Page<Invitation>> {
  tenant.assertCan("invitations:read");
  const { search, status } = input;
  let query = selectInvitations(controlPlaneOf(tenant)).select(sql<string>`t.created_at::text`.as("key"));
  if (status !== undefined) query = query.where(hasStatus(status));
  if (search !== undefined) {
    query = query.where(sql<string>`coalesce(t.email, t.allowed_domain, '')`, "like", containing(search));
  }
  const page = await pageByCursor(query, { order: { column: "createdAt", direction: "desc" }, cursor: input });
  return { ...page, items: page.items.map(toInvitation) };
}

function hasStatus(status: InvitationStatus | "open") {
  if (status === "open") return isOpen;
  if (!invitationStatuses.includes(status))
    throw invalidInvitation("status", `Choose open or one of ${invitationStatuses.join(", ")}.`, "NOT_A_CHOICE");
  const overdue = sql<boolean>`(t.status in ('created', 'sent') and t.expires_at <= now())`;
  return status === "expired"
    ? sql<boolean>`(t.status = 'expired' or ${overdue})`
    : sql<boolean>`(t.status = ${status} and not ${overdue})`;
}

/** Addresses are kept in lower case, so LIKE does. */
function containing(search: string): string {
  return `%${search
    .trim()
    .slice(0, 254)
    .replaceAll("\0", "")
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&")}%`;
}
