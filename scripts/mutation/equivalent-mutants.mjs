const rowSecurity = "Row security shows the rows of this organization alone; the condition lets Postgres use an index.";
const looksUp = "What is read is looked up by its key afterwards; the condition only saves reading the rest.";
const organizationFirst = "Every writer locks the organization first; the row's own lock is for whoever forgets.";
const narrowing = "It only tells the compiler what holds already.";

/**
 * Guards without which nothing that anybody can observe changes, each with its reason. An entry that fits no mutant fails
 * the run, so the list cannot outlive the code.
 *
 * @type {readonly { file: string, inside: string, what: string, reason: string }[]}
 */
export const equivalentMutants = [
  ...["findMembership", "hasAccepted"].map((inside) => ({
    file: "invitations/accept-invitation.ts",
    inside,
    what: `without .where("organizationId", "=", ${inside === "hasAccepted" ? "organization.id" : "organizationId"})`,
    reason: rowSecurity,
  })),
  ...[
    ["decline-invitation.ts", "declineInvitation"],
    ["inviter-standing.ts", "findInviter"],
    ["join-by-invitation.ts", "closeInvitation"],
    ["join-by-invitation.ts", "useLink"],
  ].map(([file, inside]) => ({
    file: `invitations/${file}`,
    inside,
    what: 'without .where("organizationId", "=", organization.id)',
    reason: rowSecurity,
  })),
  {
    file: "invitations/with-invitation.ts",
    inside: "withInvitation",
    what: 'without .where("organizationId", "=", organizationId)',
    reason: rowSecurity,
  },
  {
    file: "invitations/with-invitation.ts",
    inside: "readOrganization",
    what: 'without .where("id", "=", id)',
    reason: rowSecurity,
  },
  {
    file: "invitations/with-invitation.ts",
    inside: "findOrganization",
    what: "without if (id === null) …",
    reason: "In no organization there is no invitation, and the refusal is the same; the throw spares the transaction.",
  },
  {
    file: "invitations/with-invitation.ts",
    inside: "withInvitation",
    what: "without .forUpdate()",
    reason: organizationFirst,
  },
  {
    file: "invitations/lock-invitation.ts",
    inside: "lockInvitation",
    what: "without .forUpdate()",
    reason: organizationFirst,
  },
  {
    file: "invitations/expire-invitations.ts",
    inside: "expireInvitations",
    what: 'without .whereRef("t.organizationId", "=", "overdue.organizationId")',
    reason: "No two invitations have the same id; with the condition the primary key is used.",
  },
  {
    file: "invitations/invite-addresses.ts",
    inside: "findMembers",
    what: 'without .where(sql<string>`lower(email)`, "in", emails)',
    reason: looksUp,
  },
  {
    file: "invitations/invite-addresses.ts",
    inside: "findInvited",
    what: 'without .where("email", "in", emails)',
    reason: looksUp,
  },
  {
    file: "invitations/invite-addresses.ts",
    inside: "insertInvitations",
    what: 'without .where("t.id", "in", ids)',
    reason: looksUp,
  },
  {
    file: "members/list-members.ts",
    inside: "readMembers",
    what: 'without .where("t.userId", "in", ids)',
    reason: looksUp,
  },
  {
    file: "members/lock-members.ts",
    inside: "findMembers",
    what: 'without .where("t.userId", "in", ids)',
    reason: looksUp,
  },
  {
    file: "members/suspend-member.ts",
    inside: "changeStatus",
    what: 'without "userId" in tenant.actor',
    reason: narrowing,
  },
  ...[
    ["members/parse-member-change.ts", "parseMemberId", "memberNotFound"],
    ["service-accounts/parse-service-account.ts", "parseServiceAccountId", "serviceAccountNotFound"],
  ].map(([file, inside, refusal]) => ({
    file,
    inside,
    what: `without throw ${refusal}();`,
    reason:
      "What is no id becomes null, which finds nobody, and that is the same refusal; the throw spares the question.",
  })),
  {
    file: "invitations/resend-invitation.ts",
    inside: "resendInvitation",
    what: "without if ((await countFreeSeats(controlPlaneOf(within), memberLimit)) < (isPast ? 1 : 0)) …",
    reason: "The database counts the seats itself, and its refusal is the same.",
  },
  {
    file: "invitations/invitation-token.ts",
    inside: "hashInvitationToken",
    what: "without !/^[A-Za-z0-9_-]{43}$/.test(token)",
    reason: "The hash of what is no token is nobody's, and the refusal is the same; the pattern spares the look-up.",
  },
  { file: "members/leave.ts", inside: "leave", what: "without if (member === undefined) …", reason: narrowing },
];
