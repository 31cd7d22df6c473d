"use server";

import {
  addDomain as addOrganizationDomain,
  approveJoinRequest,
  confirmDomainMail,
  declineJoinRequest,
  type DomainCheck,
  type DomainMode,
  removeDomain as removeOrganizationDomain,
  requestDomainMail,
  setDomainMode,
  verifyDomain,
} from "rowhouse";
import { z } from "zod";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { mailboxes } from "./mailboxes";
import { queueDomainMail } from "./queue-domain-mail";

/** The rules are the library's; here is only the shape. */
const id = z.string().max(100);
const newDomain = z.strictObject({ domain: z.string().max(10_000) });
const domainId = z.strictObject({ id });
const mailboxChoice = z.strictObject({ id, mailbox: z.enum(mailboxes) });
const modeChoice = z.strictObject({ id, mode: z.enum(["off", "ask", "auto"]), joinRole: z.enum(["member", "viewer"]) });
const token = z.strictObject({ token: z.string().max(1000) });
const decision = z.strictObject({ userId: id, isApproved: z.boolean() });

export async function addDomain(orgSlug: string, form: { domain: string }): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, form, {
    permission: "domains:update",
    input: newDomain,
    run: async (tenant, input) => {
      await addOrganizationDomain(tenant, input);
      return undefined;
    },
  });
}

export async function removeDomain(orgSlug: string, form: { id: string }): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, form, {
    permission: "domains:update",
    input: domainId,
    run: async (tenant, input) => {
      await removeOrganizationDomain(tenant, input);
      return undefined;
    },
  });
}

/** Looks into DNS now. */
export async function checkDomain(
  orgSlug: string,
  form: { id: string },
): Promise<ActionResult<Pick<DomainCheck, "outcome" | "found">>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "domains:update",
    input: domainId,
    run: async (tenant, input) => {
      const { outcome, found } = await verifyDomain(tenant, input);
      return { outcome, found };
    },
  });
}

/** The token goes into the mail and nowhere else: who has it counts as a reader of the mailbox. */
export async function sendDomainMail(
  orgSlug: string,
  form: z.input<typeof mailboxChoice>,
): Promise<ActionResult<{ address: string }>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "domains:update",
    input: mailboxChoice,
    run: (tenant, input) =>
      tenant.transaction(async (within) => {
        const mail = await requestDomainMail(within, input);
        await queueDomainMail(within, mail);
        return { address: mail.address };
      }),
  });
}

export async function confirmDomain(
  orgSlug: string,
  form: { token: string },
): Promise<ActionResult<{ domain: string }>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "domains:update",
    input: token,
    run: async (tenant, input) => {
      const { domain } = await confirmDomainMail(tenant, input);
      return { domain };
    },
  });
}

export async function changeDomainMode(
  orgSlug: string,
  form: { id: string; mode: DomainMode; joinRole: "member" | "viewer" },
): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, form, {
    permission: "domains:update",
    input: modeChoice,
    run: async (tenant, input) => {
      await setDomainMode(tenant, input);
      return undefined;
    },
  });
}

export async function decideJoinRequest(
  orgSlug: string,
  form: { userId: string; isApproved: boolean },
): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, form, {
    permission: "members:update",
    input: decision,
    run: async (tenant, { userId, isApproved }) => {
      await (isApproved ? approveJoinRequest(tenant, { userId }) : declineJoinRequest(tenant, { userId }));
      return undefined;
    },
  });
}
