import { changeRole, getMember, removeMember, transferOwnership, type Role } from "rowhouse";
import { queueMail } from "@/mail/queue-mail";
import type { Tenant } from "@/tenancy/tenancy";

interface MemberChange {
  readonly userId: string;
  /** Who changes it, for the mail. */
  readonly actorName: string;
}

/** Changes the role and, if it was another one, writes to the member: both or neither. */
export async function changeRoleAndTell(tenant: Tenant, input: MemberChange & { readonly role: Role }): Promise<void> {
  await tenant.transaction(async (within) => {
    const before = await getMember(within, input);
    const { email, role } = await changeRole(within, { userId: input.userId, role: input.role });
    if (role !== before.role) await tellOfRole(within, { email, role, actorName: input.actorName });
  });
}

/** Removes the member and writes to them. */
export async function removeAndTell(tenant: Tenant, { userId }: { readonly userId: string }): Promise<void> {
  await tenant.transaction(async (within) => {
    const { email } = await getMember(within, { userId });
    await removeMember(within, { userId });
    const data = { organizationName: within.organization.name };
    if (email !== "") await queueMail(within, { to: email, template: "removed", data });
  });
}

/** Hands ownership over and writes to the new owner. */
export async function transferOwnershipAndTell(tenant: Tenant, { userId, actorName }: MemberChange): Promise<void> {
  await tenant.transaction(async (within) => {
    await transferOwnership(within, { toUserId: userId });
    const { email } = await getMember(within, { userId });
    await tellOfRole(within, { email, role: "owner", actorName });
  });
}

/** Writes to a member about their new role. */
export async function tellOfRole(
  tenant: Tenant,
  { email, role, actorName }: { email: string; role: Role; actorName: string },
): Promise<void> {
  if (email === "") return;
  const data = { organizationName: tenant.organization.name, role, actorName };
  await queueMail(tenant, { to: email, template: "role-changed", data });
}
