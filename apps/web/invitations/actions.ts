"use server";

import { createLinkInvitation, revokeInvitation, type Role } from "rowhouse";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { invitationInput, invitePeopleInput, linkInput } from "./inputs";
import { type InvitationLineReport, inviteByMail, joinUrl, resendByMail } from "./invite-by-mail";

export async function invitePeople(
  orgSlug: string,
  form: { addresses: string; role: Role },
): Promise<ActionResult<InvitationLineReport[]>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "invitations:create",
    input: invitePeopleInput,
    run: (tenant, input, { name }) => inviteByMail(tenant, { ...input, inviterName: name }),
  });
}

/** Answers with the link itself: it is for several people, proves no address, and cannot be had again. */
export async function createLink(
  orgSlug: string,
  form: { role: Role; useLimit: string; expiresInDays: string; allowedDomain: string },
): Promise<ActionResult<string>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "invitations:create",
    input: linkInput,
    run: async (tenant, input) => joinUrl((await createLinkInvitation(tenant, input)).token),
  });
}

export async function resendToAddress(orgSlug: string, id: string): Promise<ActionResult> {
  return runOrganizationAction(
    orgSlug,
    { id },
    {
      permission: "invitations:create",
      input: invitationInput,
      run: async (tenant, input, { name }) => {
        await resendByMail(tenant, input, name);
        return undefined;
      },
    },
  );
}

export async function takeBack(orgSlug: string, id: string): Promise<ActionResult> {
  return runOrganizationAction(
    orgSlug,
    { id },
    {
      permission: "invitations:revoke",
      input: invitationInput,
      run: async (tenant, input) => {
        await revokeInvitation(tenant, input);
        return undefined;
      },
    },
  );
}
