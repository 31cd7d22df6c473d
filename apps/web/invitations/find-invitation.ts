import { type InvitationPreview, isRowhouseError, parseEmail } from "rowhouse";
import type { SessionUser } from "@/tenancy/session";
import { tenancy } from "@/tenancy/tenancy";

/** What the link of an invitation leads to, for whoever follows it. */
export type FoundInvitation =
  | { readonly kind: "unknown" | "closed" | "suspended" }
  /** A member already, by this invitation or by other means. */
  | { readonly kind: "member"; readonly slug: string }
  /** Signed in under an address that the invitation is not for. */
  | { readonly kind: "wrong-account"; readonly preview: InvitationPreview; readonly user: SessionUser }
  | { readonly kind: "open"; readonly preview: InvitationPreview; readonly user: SessionUser | undefined };

export async function findInvitation(token: string, user: SessionUser | undefined): Promise<FoundInvitation> {
  try {
    const preview = await tenancy().invitations.preview(token);
    if (user === undefined) return { kind: "open", preview, user };
    const { slug } = preview.organization;
    const memberships = await tenancy().listOrganizations(user.id);
    if (memberships.some(({ organization }) => organization.slug === slug)) return { kind: "member", slug };
    return { kind: isMeantFor(preview, user) ? "open" : "wrong-account", preview, user };
  } catch (error) {
    if (isRowhouseError(error, "NOT_FOUND")) return { kind: "unknown" };
    if (isRowhouseError(error, "ORGANIZATION_SUSPENDED")) return { kind: "suspended" };
    if (isRowhouseError(error, "GONE")) return findAcceptance(token, user);
    throw error;
  }
}

/** Compares addresses alone. Whether one is proven is asked on acceptance, where it counts. */
function isMeantFor({ kind, email, allowedDomain }: InvitationPreview, user: SessionUser): boolean {
  const own = parseEmail(user.email);
  if (kind === "email") return own === email;
  return allowedDomain === null || own?.slice(own.lastIndexOf("@") + 1) === allowedDomain;
}

/** Accepting what one has accepted before changes nothing, and says where it led. */
async function findAcceptance(token: string, user: SessionUser | undefined): Promise<FoundInvitation> {
  if (user === undefined) return { kind: "closed" };
  try {
    const { organization } = await tenancy().invitations.accept({ token, user });
    return { kind: "member", slug: organization.slug };
  } catch (error) {
    if (isRowhouseError(error, "GONE") || isRowhouseError(error, "WRONG_ACCOUNT")) return { kind: "closed" };
    throw error;
  }
}
