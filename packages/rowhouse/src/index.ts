export { defineTenancy, type EnterOptions, type Tenancy } from "./tenancy.ts";
export { type Identity, type Locator, type RoleNames, type Settings } from "./settings.ts";
export { type TableName, type TableSettings } from "./table-settings.ts";
export {
  errorCodes,
  fieldErrorCodes,
  isRowhouseError,
  RowhouseError,
  type ErrorCode,
  type ErrorDetails,
  type FieldError,
  type FieldErrorCode,
} from "./errors.ts";
export {
  definePermissions,
  type Grant,
  type Permission,
  type PermissionOf,
  type Permissions,
} from "./access/permissions.ts";
export { isAtLeast, isRole, roles, type Role } from "./access/roles.ts";
export { type Organization } from "./tenant/organization.ts";
export { type AuditEvent, type RequestOrigin } from "./tenant/audit-event.ts";
export { type Actor } from "./tenant/actor.ts";
export { type AnyTenant } from "./tenant/connections-of.ts";
export { type Tenant, type TenantQueries, type TenantTables } from "./tenant/tenant.ts";
export { addMember } from "./members/add-member.ts";
export { type Membership } from "./members/get-membership.ts";
export { organizationHeader } from "./tenant/locate-organization.ts";
export { type ControlPlane, type MailRow } from "./tenant/control-plane.ts";
export {
  createOrganization,
  newOrganizationId,
  parseOrganizationName,
  type Profile,
} from "./organizations/create-organization.ts";
export { type OperateOptions, type Operator } from "./operator/operate.ts";
export { reservedSlugs, slugFromName } from "./slug.ts";
export { changeSlug, checkSlug, type SlugState } from "./organizations/change-slug.ts";
export {
  getOrganizationProfile,
  updateOrganization,
  type OrganizationProfile,
} from "./organizations/update-organization.ts";
export {
  maxPageSize,
  pageByCursor,
  pageSize,
  type CursorInput,
  type Order,
  type Page,
} from "./database/page-by-cursor.ts";
export { permissionMatrix, type PermissionRow } from "./access/permission-matrix.ts";
export { type NewMember } from "./members/add-member.ts";
export { changeRole } from "./members/change-role.ts";
export { getMember } from "./members/get-member.ts";
export { leave } from "./members/leave.ts";
export { listMembers, type ListMembersInput, type MemberSort } from "./members/list-members.ts";
export { lockOrganization } from "./members/lock-organization.ts";
export { type Member } from "./members/member.ts";
export { removeMember } from "./members/remove-member.ts";
export { restoreMember, suspendMember } from "./members/suspend-member.ts";
export { transferOwnership } from "./members/transfer-ownership.ts";
export { type OrganizationStanding } from "./operator/change-organization.ts";
export { setMemberLimit } from "./operator/set-member-limit.ts";
export { restoreOrganization, suspendOrganization } from "./operator/suspend-organization.ts";
export {
  changeServiceAccountRole,
  disableServiceAccount,
  enableServiceAccount,
  renameServiceAccount,
} from "./service-accounts/change-service-account.ts";
export { createServiceAccount } from "./service-accounts/create-service-account.ts";
export {
  getServiceAccount,
  listServiceAccounts,
  type ListServiceAccountsInput,
} from "./service-accounts/list-service-accounts.ts";
export { type ServiceAccount, type ServiceAccountRole } from "./service-accounts/service-account.ts";
export { createInvitation } from "./invitations/create-invitation.ts";
export { createInvitations, mostInvitationsAtOnce, type InvitationReport } from "./invitations/create-invitations.ts";
export { createLinkInvitation, type LinkInvitationInput } from "./invitations/create-link-invitation.ts";
export { listInvitations, type ListInvitationsInput } from "./invitations/list-invitations.ts";
export { resendInvitation } from "./invitations/resend-invitation.ts";
export { revokeInvitation } from "./invitations/revoke-invitation.ts";
export { markInvitationSent } from "./invitations/mark-invitation-sent.ts";
export { expireInvitations } from "./invitations/expire-invitations.ts";
export {
  invitationStatuses,
  type Invitation,
  type InvitationStatus,
  type NewInvitation,
} from "./invitations/invitation.ts";
export { type InvitedPerson } from "./invitations/invited-person.ts";
export { type InvitationPreview } from "./invitations/preview-invitation.ts";
export { type AcceptInvitationInput } from "./invitations/accept-invitation.ts";
export { type DeclineInvitationInput } from "./invitations/decline-invitation.ts";
export { type InvitedAddress, type SignUpWithInvitationInput } from "./invitations/sign-up-with-invitation.ts";
export { parseDomain, parseEmail } from "./invitations/parse-email.ts";
export { type AuditEntry } from "./audit/audit-entry.ts";
export { type AuditFilters } from "./audit/audit-filters.ts";
export { exportAuditEvents, type AuditExport } from "./audit/export-audit-events.ts";
export { listAuditEvents } from "./audit/list-audit-events.ts";
export { pruneAuditEvents, type PruneAuditEvents } from "./audit/prune-audit-events.ts";
export { isAuditHash, verifyAuditChain } from "./audit/verify-audit-chain.ts";
export { verifyChain, type AuditVerification, type ChainProblem, type VerifyOptions } from "./audit/verify-chain.ts";
export { containsText } from "./database/contains-text.ts";
export { type InvitationDoor } from "./invitations/invitation-door.ts";
export { nameActors } from "./audit/name-actors.ts";
export { type ApiKey, type ApiKeyHolder, type ApiKeyStatus, type NewApiKey } from "./api-keys/api-key.ts";
export { createApiKey, type CreateApiKeyInput } from "./api-keys/create-api-key.ts";
export { getApiKey, listApiKeys, type ListApiKeysInput } from "./api-keys/list-api-keys.ts";
export { revokeApiKey } from "./api-keys/revoke-api-key.ts";
export { rotateApiKey, type RotateApiKeyInput } from "./api-keys/rotate-api-key.ts";
export { type AuthenticatedKey } from "./api-keys/authenticate-api-key.ts";
export { callerId, type Caller } from "./callers/caller.ts";
export { type EnterRequestOptions } from "./tenancy.ts";
export { type TokenKey, type TokenSettings } from "./settings.ts";
export { type SignedToken, type TokenClaims } from "./tokens/token-claims.ts";
export { type JwksDocument } from "./tokens/token-desk.ts";
export { addDomain } from "./domains/add-domain.ts";
export { confirmDomainMail } from "./domains/confirm-domain-mail.ts";
export { approveJoinRequest, declineJoinRequest } from "./domains/decide-join-request.ts";
export { type Domain, type DomainMode, type DomainRecord, type DomainStatus } from "./domains/domain.ts";
export { type DomainDoor } from "./domains/domain-door.ts";
export { type JoinableOrganization } from "./domains/find-joinable.ts";
export { type JoinInput } from "./domains/join-by-domain.ts";
export { type JoinRequest } from "./domains/join-request.ts";
export { getDomain, listDomains, type ListDomainsInput } from "./domains/list-domains.ts";
export { listJoinRequests, type ListJoinRequestsInput } from "./domains/list-join-requests.ts";
export { removeDomain } from "./domains/remove-domain.ts";
export {
  domainMailboxes,
  requestDomainMail,
  type DomainMail,
  type DomainMailbox,
} from "./domains/request-domain-mail.ts";
export { txtResolver, type TxtResolver } from "./domains/resolve-txt.ts";
export { type DomainReport, type ReverifyDomainsInput } from "./domains/reverify-domains.ts";
export { setDomainMode } from "./domains/set-domain-mode.ts";
export { verifyDomain, type DomainCheck } from "./domains/verify-domain.ts";
export { defineJobs, type Job, type JobRun, type Jobs, type RunnableJobs } from "./jobs/define-jobs.ts";
export { type JobEntry } from "./jobs/get-job-standing.ts";
export { type Secrets } from "./jobs/seal.ts";
export { defineMail, type Mail, type MailInput, type SealedMail } from "./mail/define-mail.ts";
export { type OpenedMail } from "./mail/mail-store.ts";
export { listOrganizationsWithOldMail } from "./mail/list-organizations-with-old-mail.ts";
export { type MailRenderer } from "./mail/deliver-mail.ts";
export { deliverMailsOf, type MailDelivery } from "./mail/deliver-mails-of.ts";
export { type ClaimedMail, type MailStore } from "./mail/mail-store.ts";
export { type MailMessage, type MailTransport } from "./mail/mail-transport.ts";
export { claimedMail, failedMail, isDueMail, sentMail } from "./mail/mail-changes.ts";
export { isOldMail, mailDays, pruneMail } from "./mail/prune-mail.ts";
export { changeSetting, type SettingChange } from "./organization-settings/change-setting.ts";
export {
  defineOrganizationSettings,
  type OrganizationSettingsDefinition,
  type SettingsOf,
  type UnfitSetting,
} from "./organization-settings/define-organization-settings.ts";
export { getSettings, type OrganizationSettings } from "./organization-settings/get-settings.ts";
export { hashIdempotentRequest, parseIdempotencyKey } from "./idempotency/idempotency-key.ts";
export { pruneIdempotencyKeys } from "./idempotency/prune-idempotency-keys.ts";
export {
  runIdempotently,
  type Answer,
  type IdempotentAnswer,
  type IdempotentRequest,
} from "./idempotency/run-idempotently.ts";
export { pruneRateLimits } from "./rate-limits/prune-rate-limits.ts";
export { rateHeaders } from "./rate-limits/rate-headers.ts";
export { tooManyRequests } from "./rate-limits/rate-limits.ts";
export { type RateCount, type RatePolicy } from "./rate-limits/rate-policy.ts";
