"use server";

import { redirect } from "next/navigation";
import { leave, restoreMember, suspendMember, type Role } from "rowhouse";
import { z } from "zod";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import type { Tenant } from "@/tenancy/tenancy";
import { changeRoleAndTell, removeAndTell, transferOwnershipAndTell } from "./change-members";
import { memberInput, memberRoleInput } from "./inputs";

export async function changeMemberRole(orgSlug: string, userId: string, role: Role): Promise<ActionResult> {
  return runOrganizationAction(
    orgSlug,
    { userId, role },
    {
      permission: "members:update",
      input: memberRoleInput,
      run: async (tenant, input, { name }) => done(changeRoleAndTell(tenant, { ...input, actorName: name })),
    },
  );
}

export async function setMemberSuspended(orgSlug: string, userId: string, suspended: boolean): Promise<ActionResult> {
  const change = suspended === true ? suspendMember : restoreMember;
  return runOrganizationAction(
    orgSlug,
    { userId },
    {
      permission: "members:update",
      input: memberInput,
      run: async (tenant: Tenant, input) => done(change(tenant, input)),
    },
  );
}

export async function removeFromTeam(orgSlug: string, userId: string): Promise<ActionResult> {
  return runOrganizationAction(
    orgSlug,
    { userId },
    {
      permission: "members:remove",
      input: memberInput,
      run: async (tenant, input) => done(removeAndTell(tenant, input)),
    },
  );
}

/** The role is the permission here: the library refuses everybody but an owner. */
export async function handOwnershipOver(orgSlug: string, userId: string): Promise<ActionResult> {
  return runOrganizationAction(
    orgSlug,
    { userId },
    {
      input: memberInput,
      run: async (tenant, input, { name }) => done(transferOwnershipAndTell(tenant, { ...input, actorName: name })),
    },
  );
}

export async function leaveOrganization(orgSlug: string): Promise<ActionResult> {
  const left = await runOrganizationAction(orgSlug, undefined, {
    input: z.undefined(),
    run: async (tenant) => done(leave(tenant)),
  });
  if (!left.ok) return left;
  redirect("/");
}

async function done(work: Promise<unknown>): Promise<undefined> {
  await work;
  return undefined;
}
