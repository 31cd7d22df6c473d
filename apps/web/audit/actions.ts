"use server";

import { type AuditVerification, verifyAuditChain } from "rowhouse";
import { z } from "zod";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";

/** Follows the organization's whole chain of events. */
export async function verifyAuditLog(orgSlug: string): Promise<ActionResult<AuditVerification>> {
  return runOrganizationAction(orgSlug, undefined, {
    permission: "audit:read",
    input: z.undefined(),
    isRead: true,
    run: (tenant) => verifyAuditChain(tenant),
  });
}
