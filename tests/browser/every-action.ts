/** One of each thing that an address or an action can name, of one organization. */
export interface Things {
  readonly orgSlug: string;
  readonly projectId: string;
  readonly taskId: string;
  readonly userId: string;
  readonly invitationId: string;
  readonly serviceAccountId: string;
  readonly keyId: string;
  readonly domainId: string;
}

/** How an action of an organization is called. */
interface OrganizationAction {
  readonly arguments: (things: Things) => readonly unknown[];
  /** Why its success is not to be had here. */
  readonly control?: string;
}

const call = (given: OrganizationAction["arguments"], control?: string): OrganizationAction =>
  control === undefined ? { arguments: given } : { arguments: given, control };

const nobody = "Names no organization: it is for whoever is, or is not, signed in";
const byToken = "Names no organization but by the token of a mail, which is the right to it";
const joins = "Is the way into an organization for whoever has a verified address of it; browser/domains.test.ts";

/** What a page or a route must be asked with to succeed, by its address below the slug. */
export const pageQueries: Readonly<Record<string, string>> = {
  "/audit/export": "?format=csv",
  "/settings/domains/confirm": "?token=none",
};

/**
 * Every server action: its arguments, or why it can name no organization. In the order of the positive controls:
 * what takes something away comes after what needs it.
 */
export const actionArguments: Readonly<Record<string, OrganizationAction | string>> = {
  "i18n/actions chooseLanguage": nobody,
  "identity/actions signIn": nobody,
  "identity/actions signOut": nobody,
  "identity/actions signUp": nobody,
  "identity/address-actions confirmAddress": byToken,
  "identity/address-actions sendVerificationAgain": nobody,
  "identity/address-actions switchAccountToConfirm": nobody,
  "identity/password-actions askForReset": nobody,
  "identity/password-actions choosePassword": byToken,
  "invitations/join-actions acceptInvitation": byToken,
  "invitations/join-actions declineInvitation": byToken,
  "invitations/join-actions signUpAndJoin": byToken,
  "invitations/join-actions switchAccount": nobody,
  "organizations/actions createOrganization": nobody,
  "domains/join-actions askToJoin": joins,
  "domains/join-actions joinByAddress": joins,
  "audit/actions verifyAuditLog": call(({ orgSlug }) => [orgSlug]),
  "projects/actions createProject": call(({ orgSlug }) => [orgSlug, { name: "Planted" }]),
  "projects/actions renameProject": call(({ orgSlug, projectId }) => [orgSlug, projectId, { name: "Taken" }]),
  "tasks/actions createTask": call(({ orgSlug, projectId }) => [orgSlug, projectId, { title: "Planted" }]),
  "tasks/actions renameTask": call(({ orgSlug, taskId }) => [orgSlug, taskId, { title: "Taken" }]),
  "tasks/actions setTaskCompleted": call(({ orgSlug, taskId }) => [orgSlug, taskId, true]),
  "tasks/actions deleteTask": call(({ orgSlug, taskId }) => [orgSlug, taskId]),
  "projects/actions deleteProject": call(({ orgSlug, projectId }) => [orgSlug, projectId]),
  "organization-settings/actions saveProfile": call(({ orgSlug }) => [orgSlug, { name: "Taken", description: "" }]),
  "organization-settings/actions checkSlug": call(({ orgSlug }) => [orgSlug, { slug: "quite-free" }]),
  "organization-settings/actions savePreferences": call(({ orgSlug }) => [
    orgSlug,
    {
      values: { projectSort: "name", taskStatus: "open", timeZone: "UTC" },
      versions: { projectSort: 0, taskStatus: 0, timeZone: 0 },
    },
  ]),
  "domains/actions addDomain": call(({ orgSlug }) => [orgSlug, { domain: `planted-${process.pid}.com` }]),
  "domains/actions checkDomain": call(({ orgSlug, domainId: id }) => [orgSlug, { id }], "Asks the network"),
  "domains/actions sendDomainMail": call(({ orgSlug, domainId: id }) => [orgSlug, { id, mailbox: "admin" }]),
  "domains/actions confirmDomain": call(({ orgSlug }) => [orgSlug, { token: "none" }], "Needs the token of a mail"),
  "domains/actions changeDomainMode": call(({ orgSlug, domainId: id }) => [
    orgSlug,
    { id, mode: "off", joinRole: "viewer" },
  ]),
  "domains/actions decideJoinRequest": call(
    ({ orgSlug, userId }) => [orgSlug, { userId, isApproved: true }],
    "Needs a verified domain; browser/domains.test.ts",
  ),
  "domains/actions removeDomain": call(({ orgSlug, domainId: id }) => [orgSlug, { id }]),
  "members/service-account-actions createServiceAccount": call(({ orgSlug }) => [
    orgSlug,
    { name: "Planted", role: "viewer" },
  ]),
  "members/service-account-actions changeServiceAccount": call(({ orgSlug, serviceAccountId }) => [
    orgSlug,
    serviceAccountId,
    { name: "Taken" },
  ]),
  "api-keys/actions createKey": call(({ orgSlug, serviceAccountId }) => [
    orgSlug,
    { name: "Planted", scopes: ["projects:read"], days: 1, serviceAccountId },
  ]),
  "api-keys/actions rotateKey": call(({ orgSlug, keyId }) => [orgSlug, { keyId }]),
  "api-keys/actions revokeKey": call(({ orgSlug, keyId }) => [orgSlug, { keyId }]),
  "invitations/actions invitePeople": call(({ orgSlug }) => [
    orgSlug,
    { addresses: `planted-${process.pid}@example.com`, role: "viewer" },
  ]),
  "invitations/actions createLink": call(({ orgSlug }) => [
    orgSlug,
    { role: "viewer", useLimit: "1", expiresInDays: "1", allowedDomain: "" },
  ]),
  "invitations/actions resendToAddress": call(({ orgSlug, invitationId }) => [orgSlug, invitationId]),
  "invitations/actions takeBack": call(({ orgSlug, invitationId }) => [orgSlug, invitationId]),
  "members/actions changeMemberRole": call(({ orgSlug, userId }) => [orgSlug, userId, "member"]),
  "members/actions setMemberSuspended": call(({ orgSlug, userId }) => [orgSlug, userId, false]),
  "members/actions handOwnershipOver": call(
    ({ orgSlug, userId }) => [orgSlug, userId],
    "Would end the owner's other controls; browser/team.test.ts",
  ),
  "members/actions removeFromTeam": call(({ orgSlug, userId }) => [orgSlug, userId]),
  "members/actions leaveOrganization": call(({ orgSlug }) => [orgSlug], "The last owner stays; browser/team.test.ts"),
  "organization-settings/actions changeSlug": call(({ orgSlug }) => [orgSlug, { slug: `moved-${process.pid}` }]),
};
