// Written by a program from the OpenAPI document. Do not edit.
import type { FileAnswer } from "rowhouse/client";

export type OrganizationWithRole = {
  id: string;
  slug: string;
  name: string;
  role: "owner" | "admin" | "member" | "viewer";
};

export type OrganizationProfile = {
  id: string;
  slug: string;
  name: string;
  description: string;
  hasLogo: boolean;
  role: "owner" | "admin" | "member" | "viewer";
};

export type Organization = { id: string; slug: string; name: string };

export type Member = {
  userId: string;
  name: string;
  email: string;
  role: "owner" | "admin" | "member" | "viewer";
  status: "active" | "suspended";
  joinedAt: string;
};

export type Invitation = {
  id: string;
  kind: "email" | "link";
  email: string | null;
  role: "owner" | "admin" | "member" | "viewer";
  status: "created" | "sent" | "accepted" | "declined" | "revoked" | "expired";
  invitedBy: { id: string; name: string };
  useLimit: number | null;
  useCount: number;
  allowedDomain: string | null;
  expiresAt: string;
  sentAt: string | null;
  decidedAt: string | null;
  createdAt: string;
};

export type ServiceAccount = {
  id: string;
  name: string;
  role: "admin" | "member" | "viewer";
  status: "active" | "disabled";
  createdBy: string;
  createdAt: string;
};

export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  holder: { kind: "user" | "service-account"; id: string; name: string };
  status: "active" | "expired" | "revoked";
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  createdBy: string;
  createdAt: string;
};

export type Domain = {
  id: string;
  domain: string;
  status: "pending" | "verified" | "lapsed";
  mode: "off" | "ask" | "auto";
  joinRole: "member" | "viewer";
  method: "dns" | "email" | null;
  record: { type: "TXT"; name: string; value: string };
  mail: { address: string; expiresAt: string } | null;
  verifiedAt: string | null;
  checkedAt: string | null;
  failingSince: string | null;
  createdAt: string;
};

export type JoinRequest = {
  userId: string;
  name: string;
  email: string;
  status: "open" | "approved" | "declined";
  createdAt: string;
  decidedAt: string | null;
};

export type AuditEvent = {
  id: string;
  sequence: number;
  occurredAt: string;
  actor: { kind: string; id: string };
  impersonatorId: string | null;
  action: string;
  target: { kind: string; id: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  reason: string | null;
  hash: string;
};

export type Project = {
  id: string;
  name: string;
  createdAt: string;
  updatedAt: string;
  openTasks: number;
  doneTasks: number;
};

export type Task = { id: string; projectId: string; title: string; completedAt: string | null; createdAt: string };

/** What the API offers, by method and path. */
export interface Api {
  /** The organizations of the caller */
  "GET /api/organizations": { answer: { items: OrganizationWithRole[] } };
  /** Make an organization and own it */
  "POST /api/organizations": { body: { name: string }; answer: OrganizationWithRole };
  /** The organization */
  "GET /api/organizations/{orgSlug}": { parameters: { orgSlug: string }; answer: OrganizationProfile };
  /** Change the name, the description or both; the slug stays */
  "PATCH /api/organizations/{orgSlug}": {
    parameters: { orgSlug: string };
    body: { name?: string | undefined; description?: string | undefined };
    answer: OrganizationProfile;
  };
  /** The organization */
  "GET /api/organization": { organization?: string | undefined; answer: OrganizationProfile };
  /** Change the name, the description or both; the slug stays */
  "PATCH /api/organization": {
    organization?: string | undefined;
    body: { name?: string | undefined; description?: string | undefined };
    answer: OrganizationProfile;
  };
  /** Whether the organization could take a slug now */
  "GET /api/organizations/{orgSlug}/slug": {
    parameters: { orgSlug: string };
    query: { slug: string };
    answer: { slug: string; state: "free" | "yours" | "taken" | "reserved" | "malformed" };
  };
  /** Take another slug; the old one keeps leading here */
  "PUT /api/organizations/{orgSlug}/slug": {
    parameters: { orgSlug: string };
    body: { slug: string };
    answer: Organization;
  };
  /** Whether the organization could take a slug now */
  "GET /api/slug": {
    query: { slug: string };
    organization?: string | undefined;
    answer: { slug: string; state: "free" | "yours" | "taken" | "reserved" | "malformed" };
  };
  /** Take another slug; the old one keeps leading here */
  "PUT /api/slug": { organization?: string | undefined; body: { slug: string }; answer: Organization };
  /** A page of the members */
  "GET /api/organizations/{orgSlug}/members": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      role?: "owner" | "admin" | "member" | "viewer" | undefined;
      status?: "active" | "suspended" | undefined;
      sort?: "name" | "newest" | "oldest" | undefined;
    };
    answer: { items: Member[]; next: string | null; previous: string | null };
  };
  /** A page of the members */
  "GET /api/members": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      role?: "owner" | "admin" | "member" | "viewer" | undefined;
      status?: "active" | "suspended" | undefined;
      sort?: "name" | "newest" | "oldest" | undefined;
    };
    organization?: string | undefined;
    answer: { items: Member[]; next: string | null; previous: string | null };
  };
  /** A member */
  "GET /api/organizations/{orgSlug}/members/{userId}": {
    parameters: { orgSlug: string; userId: string };
    answer: Member;
  };
  /** Give a member another role, at most one's own */
  "PATCH /api/organizations/{orgSlug}/members/{userId}": {
    parameters: { orgSlug: string; userId: string };
    body: { role: "owner" | "admin" | "member" | "viewer"; reason?: string | undefined };
    answer: Member;
  };
  /** End a membership, and the member's keys */
  "DELETE /api/organizations/{orgSlug}/members/{userId}": {
    parameters: { orgSlug: string; userId: string };
    query?: { reason?: string | undefined };
    answer: undefined;
  };
  /** A member */
  "GET /api/members/{userId}": { parameters: { userId: string }; organization?: string | undefined; answer: Member };
  /** Give a member another role, at most one's own */
  "PATCH /api/members/{userId}": {
    parameters: { userId: string };
    organization?: string | undefined;
    body: { role: "owner" | "admin" | "member" | "viewer"; reason?: string | undefined };
    answer: Member;
  };
  /** End a membership, and the member's keys */
  "DELETE /api/members/{userId}": {
    parameters: { userId: string };
    query?: { reason?: string | undefined };
    organization?: string | undefined;
    answer: undefined;
  };
  /** Shut a member out, and their keys, without forgetting the role */
  "POST /api/organizations/{orgSlug}/members/{userId}/suspend": {
    parameters: { orgSlug: string; userId: string };
    body: { reason?: string | undefined };
    answer: Member;
  };
  /** Shut a member out, and their keys, without forgetting the role */
  "POST /api/members/{userId}/suspend": {
    parameters: { userId: string };
    organization?: string | undefined;
    body: { reason?: string | undefined };
    answer: Member;
  };
  /** Let a suspended member in again */
  "POST /api/organizations/{orgSlug}/members/{userId}/restore": {
    parameters: { orgSlug: string; userId: string };
    body: { reason?: string | undefined };
    answer: Member;
  };
  /** Let a suspended member in again */
  "POST /api/members/{userId}/restore": {
    parameters: { userId: string };
    organization?: string | undefined;
    body: { reason?: string | undefined };
    answer: Member;
  };
  /** End one's own membership; the last owner cannot */
  "POST /api/organizations/{orgSlug}/leave": { parameters: { orgSlug: string }; answer: undefined };
  /** End one's own membership; the last owner cannot */
  "POST /api/leave": { organization?: string | undefined; answer: undefined };
  /** Make another member owner and oneself admin; for owners, in person */
  "POST /api/organizations/{orgSlug}/transfer-ownership": {
    parameters: { orgSlug: string };
    body: { userId: string; reason?: string | undefined };
    answer: undefined;
  };
  /** Make another member owner and oneself admin; for owners, in person */
  "POST /api/transfer-ownership": {
    organization?: string | undefined;
    body: { userId: string; reason?: string | undefined };
    answer: undefined;
  };
  /** A page of the invitations, newest first */
  "GET /api/organizations/{orgSlug}/invitations": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      status?: "open" | "created" | "sent" | "accepted" | "declined" | "revoked" | "expired" | undefined;
    };
    answer: { items: Invitation[]; next: string | null; previous: string | null };
  };
  /** Invite an address; the link goes there by mail and nowhere else */
  "POST /api/organizations/{orgSlug}/invitations": {
    parameters: { orgSlug: string };
    body: { email: string; role: "owner" | "admin" | "member" | "viewer" };
    answer: Invitation;
  };
  /** A page of the invitations, newest first */
  "GET /api/invitations": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      status?: "open" | "created" | "sent" | "accepted" | "declined" | "revoked" | "expired" | undefined;
    };
    organization?: string | undefined;
    answer: { items: Invitation[]; next: string | null; previous: string | null };
  };
  /** Invite an address; the link goes there by mail and nowhere else */
  "POST /api/invitations": {
    organization?: string | undefined;
    body: { email: string; role: "owner" | "admin" | "member" | "viewer" };
    answer: Invitation;
  };
  /** An invitation */
  "GET /api/organizations/{orgSlug}/invitations/{invitationId}": {
    parameters: { orgSlug: string; invitationId: string };
    answer: Invitation;
  };
  /** An invitation */
  "GET /api/invitations/{invitationId}": {
    parameters: { invitationId: string };
    organization?: string | undefined;
    answer: Invitation;
  };
  /** Make a link for several people; its token is in this answer and never again */
  "POST /api/organizations/{orgSlug}/invitation-links": {
    parameters: { orgSlug: string };
    body: {
      role: "owner" | "admin" | "member" | "viewer";
      useLimit?: number | undefined;
      allowedDomain?: string | undefined;
      expiresInDays: number;
    };
    answer: { invitation: Invitation; token: string };
  };
  /** Make a link for several people; its token is in this answer and never again */
  "POST /api/invitation-links": {
    organization?: string | undefined;
    body: {
      role: "owner" | "admin" | "member" | "viewer";
      useLimit?: number | undefined;
      allowedDomain?: string | undefined;
      expiresInDays: number;
    };
    answer: { invitation: Invitation; token: string };
  };
  /** Take an invitation or a link back */
  "POST /api/organizations/{orgSlug}/invitations/{invitationId}/revoke": {
    parameters: { orgSlug: string; invitationId: string };
    answer: Invitation;
  };
  /** Take an invitation or a link back */
  "POST /api/invitations/{invitationId}/revoke": {
    parameters: { invitationId: string };
    organization?: string | undefined;
    answer: Invitation;
  };
  /** Invite up to 500 addresses and hear of each what became of it */
  "POST /api/organizations/{orgSlug}/invitations/bulk": {
    parameters: { orgSlug: string };
    body: {
      addresses: string | { email: string; role?: "owner" | "admin" | "member" | "viewer" | undefined }[];
      role: "owner" | "admin" | "member" | "viewer";
    };
    answer: {
      items: {
        line: number;
        text: string;
        role: "owner" | "admin" | "member" | "viewer";
        outcome: "created" | "not-an-address" | "already-a-member" | "already-invited" | "no-seat" | "role-above-yours";
        invitation?: Invitation | undefined;
      }[];
    };
  };
  /** Invite up to 500 addresses and hear of each what became of it */
  "POST /api/invitations/bulk": {
    organization?: string | undefined;
    body: {
      addresses: string | { email: string; role?: "owner" | "admin" | "member" | "viewer" | undefined }[];
      role: "owner" | "admin" | "member" | "viewer";
    };
    answer: {
      items: {
        line: number;
        text: string;
        role: "owner" | "admin" | "member" | "viewer";
        outcome: "created" | "not-an-address" | "already-a-member" | "already-invited" | "no-seat" | "role-above-yours";
        invitation?: Invitation | undefined;
      }[];
    };
  };
  /** Send a new link; the old one is dead at once */
  "POST /api/organizations/{orgSlug}/invitations/{invitationId}/resend": {
    parameters: { orgSlug: string; invitationId: string };
    answer: Invitation;
  };
  /** Send a new link; the old one is dead at once */
  "POST /api/invitations/{invitationId}/resend": {
    parameters: { invitationId: string };
    organization?: string | undefined;
    answer: Invitation;
  };
  /** What an invitation invites to. Nothing in it depends on who has an account */
  "POST /api/join/preview": {
    body: { token: string };
    answer: {
      organization: { slug: string; name: string };
      kind: "email" | "link";
      email: string | null;
      allowedDomain: string | null;
      role: "owner" | "admin" | "member" | "viewer";
      inviterName: string;
      expiresAt: string;
    };
  };
  /** Become a member. Twice is once; a membership that is there never changes */
  "POST /api/join/accept": { body: { token: string }; answer: OrganizationWithRole };
  /** Say no to an invitation to an address, signed in or not */
  "POST /api/join/decline": { body: { token: string }; answer: undefined };
  /** A page of the service accounts, by name */
  "GET /api/organizations/{orgSlug}/service-accounts": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      status?: "active" | "disabled" | undefined;
    };
    answer: { items: ServiceAccount[]; next: string | null; previous: string | null };
  };
  /** Make a service account */
  "POST /api/organizations/{orgSlug}/service-accounts": {
    parameters: { orgSlug: string };
    body: { name: string; role: "admin" | "member" | "viewer" };
    answer: ServiceAccount;
  };
  /** A page of the service accounts, by name */
  "GET /api/service-accounts": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      status?: "active" | "disabled" | undefined;
    };
    organization?: string | undefined;
    answer: { items: ServiceAccount[]; next: string | null; previous: string | null };
  };
  /** Make a service account */
  "POST /api/service-accounts": {
    organization?: string | undefined;
    body: { name: string; role: "admin" | "member" | "viewer" };
    answer: ServiceAccount;
  };
  /** A service account */
  "GET /api/organizations/{orgSlug}/service-accounts/{serviceAccountId}": {
    parameters: { orgSlug: string; serviceAccountId: string };
    answer: ServiceAccount;
  };
  /** Change the name, the role or both */
  "PATCH /api/organizations/{orgSlug}/service-accounts/{serviceAccountId}": {
    parameters: { orgSlug: string; serviceAccountId: string };
    body: { name?: string | undefined; role?: "admin" | "member" | "viewer" | undefined; reason?: string | undefined };
    answer: ServiceAccount;
  };
  /** A service account */
  "GET /api/service-accounts/{serviceAccountId}": {
    parameters: { serviceAccountId: string };
    organization?: string | undefined;
    answer: ServiceAccount;
  };
  /** Change the name, the role or both */
  "PATCH /api/service-accounts/{serviceAccountId}": {
    parameters: { serviceAccountId: string };
    organization?: string | undefined;
    body: { name?: string | undefined; role?: "admin" | "member" | "viewer" | undefined; reason?: string | undefined };
    answer: ServiceAccount;
  };
  /** Take all power from its keys, without forgetting them */
  "POST /api/organizations/{orgSlug}/service-accounts/{serviceAccountId}/disable": {
    parameters: { orgSlug: string; serviceAccountId: string };
    body: { reason?: string | undefined };
    answer: ServiceAccount;
  };
  /** Take all power from its keys, without forgetting them */
  "POST /api/service-accounts/{serviceAccountId}/disable": {
    parameters: { serviceAccountId: string };
    organization?: string | undefined;
    body: { reason?: string | undefined };
    answer: ServiceAccount;
  };
  /** Give its keys their power again */
  "POST /api/organizations/{orgSlug}/service-accounts/{serviceAccountId}/enable": {
    parameters: { orgSlug: string; serviceAccountId: string };
    body: { reason?: string | undefined };
    answer: ServiceAccount;
  };
  /** Give its keys their power again */
  "POST /api/service-accounts/{serviceAccountId}/enable": {
    parameters: { serviceAccountId: string };
    organization?: string | undefined;
    body: { reason?: string | undefined };
    answer: ServiceAccount;
  };
  /** A page of the API keys, newest first */
  "GET /api/organizations/{orgSlug}/api-keys": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      status?: "active" | "expired" | "revoked" | undefined;
      serviceAccountId?: string | undefined;
      userId?: string | undefined;
    };
    answer: { items: ApiKey[]; next: string | null; previous: string | null };
  };
  /** Make an API key, in person; it is in this answer and never again */
  "POST /api/organizations/{orgSlug}/api-keys": {
    parameters: { orgSlug: string };
    body: {
      name: string;
      scopes: string[];
      expiresAt?: string | null | undefined;
      serviceAccountId?: string | undefined;
    };
    answer: { key: string; record: ApiKey };
  };
  /** A page of the API keys, newest first */
  "GET /api/api-keys": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      status?: "active" | "expired" | "revoked" | undefined;
      serviceAccountId?: string | undefined;
      userId?: string | undefined;
    };
    organization?: string | undefined;
    answer: { items: ApiKey[]; next: string | null; previous: string | null };
  };
  /** Make an API key, in person; it is in this answer and never again */
  "POST /api/api-keys": {
    organization?: string | undefined;
    body: {
      name: string;
      scopes: string[];
      expiresAt?: string | null | undefined;
      serviceAccountId?: string | undefined;
    };
    answer: { key: string; record: ApiKey };
  };
  /** An API key, without its secret */
  "GET /api/organizations/{orgSlug}/api-keys/{apiKeyId}": {
    parameters: { orgSlug: string; apiKeyId: string };
    answer: ApiKey;
  };
  /** An API key, without its secret */
  "GET /api/api-keys/{apiKeyId}": {
    parameters: { apiKeyId: string };
    organization?: string | undefined;
    answer: ApiKey;
  };
  /** Give a key another secret, in person; the one before is dead at once */
  "POST /api/organizations/{orgSlug}/api-keys/{apiKeyId}/rotate": {
    parameters: { orgSlug: string; apiKeyId: string };
    body: { expiresAt?: string | null | undefined; reason?: string | undefined };
    answer: { key: string; record: ApiKey };
  };
  /** Give a key another secret, in person; the one before is dead at once */
  "POST /api/api-keys/{apiKeyId}/rotate": {
    parameters: { apiKeyId: string };
    organization?: string | undefined;
    body: { expiresAt?: string | null | undefined; reason?: string | undefined };
    answer: { key: string; record: ApiKey };
  };
  /** End a key, from its next request on and for good */
  "POST /api/organizations/{orgSlug}/api-keys/{apiKeyId}/revoke": {
    parameters: { orgSlug: string; apiKeyId: string };
    body: { reason?: string | undefined };
    answer: ApiKey;
  };
  /** End a key, from its next request on and for good */
  "POST /api/api-keys/{apiKeyId}/revoke": {
    parameters: { apiKeyId: string };
    organization?: string | undefined;
    body: { reason?: string | undefined };
    answer: ApiKey;
  };
  /** A signed token for a few minutes, for the user of a session in this organization */
  "POST /api/organizations/{orgSlug}/tokens": {
    parameters: { orgSlug: string };
    answer: { token: string; expiresAt: string };
  };
  /** A signed token for a few minutes, for the user of a session in this organization */
  "POST /api/tokens": { organization?: string | undefined; answer: { token: string; expiresAt: string } };
  /** The public keys of the signed tokens, as a JSON Web Key Set */
  "GET /api/jwks": {
    answer: { keys: { kty: string; crv: string; kid: string; x: string; alg: string; use: string }[] };
  };
  /** The table of permissions by role, and those of the caller */
  "GET /api/organizations/{orgSlug}/permissions": {
    parameters: { orgSlug: string };
    answer: {
      items: {
        resource: string;
        action: string;
        roles: {
          owner?: boolean | undefined;
          admin?: boolean | undefined;
          member?: boolean | undefined;
          viewer?: boolean | undefined;
        };
      }[];
      own: string[];
    };
  };
  /** The table of permissions by role, and those of the caller */
  "GET /api/permissions": {
    organization?: string | undefined;
    answer: {
      items: {
        resource: string;
        action: string;
        roles: {
          owner?: boolean | undefined;
          admin?: boolean | undefined;
          member?: boolean | undefined;
          viewer?: boolean | undefined;
        };
      }[];
      own: string[];
    };
  };
  /** What holds in the organization, with the version of each setting */
  "GET /api/organizations/{orgSlug}/settings": {
    parameters: { orgSlug: string };
    answer: { values: Record<string, unknown>; versions: Record<string, number> };
  };
  /** What holds in the organization, with the version of each setting */
  "GET /api/settings": {
    organization?: string | undefined;
    answer: { values: Record<string, unknown>; versions: Record<string, number> };
  };
  /** Choose a setting. With the version that was read, nobody's faster choice is overwritten */
  "PUT /api/organizations/{orgSlug}/settings/{key}": {
    parameters: { orgSlug: string; key: string };
    body: { value?: unknown; version?: number | undefined };
    answer: { key: string; value?: unknown; version: number };
  };
  /** Choose a setting. With the version that was read, nobody's faster choice is overwritten */
  "PUT /api/settings/{key}": {
    parameters: { key: string };
    organization?: string | undefined;
    body: { value?: unknown; version?: number | undefined };
    answer: { key: string; value?: unknown; version: number };
  };
  /** The logo. With its version as `v` the answer may be kept for ever */
  "GET /api/organizations/{orgSlug}/logo": {
    parameters: { orgSlug: string };
    query?: { v?: string | undefined };
    answer: FileAnswer;
  };
  /** Give the organization a logo; what the file is, is read from its content */
  "PUT /api/organizations/{orgSlug}/logo": {
    parameters: { orgSlug: string };
    body: Blob | Uint8Array;
    answer: { version: string };
  };
  /** The organization has no logo any more */
  "DELETE /api/organizations/{orgSlug}/logo": { parameters: { orgSlug: string }; answer: undefined };
  /** The logo. With its version as `v` the answer may be kept for ever */
  "GET /api/logo": { query?: { v?: string | undefined }; organization?: string | undefined; answer: FileAnswer };
  /** Give the organization a logo; what the file is, is read from its content */
  "PUT /api/logo": { organization?: string | undefined; body: Blob | Uint8Array; answer: { version: string } };
  /** The organization has no logo any more */
  "DELETE /api/logo": { organization?: string | undefined; answer: undefined };
  /** A page of the domains, by name */
  "GET /api/organizations/{orgSlug}/domains": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
    };
    answer: { items: Domain[]; next: string | null; previous: string | null };
  };
  /** Say that a domain is the organization's; it means nothing until it is proven */
  "POST /api/organizations/{orgSlug}/domains": {
    parameters: { orgSlug: string };
    body: { domain: string };
    answer: Domain;
  };
  /** A page of the domains, by name */
  "GET /api/domains": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
    };
    organization?: string | undefined;
    answer: { items: Domain[]; next: string | null; previous: string | null };
  };
  /** Say that a domain is the organization's; it means nothing until it is proven */
  "POST /api/domains": { organization?: string | undefined; body: { domain: string }; answer: Domain };
  /** A domain, with the DNS record that proves it */
  "GET /api/organizations/{orgSlug}/domains/{domainId}": {
    parameters: { orgSlug: string; domainId: string };
    answer: Domain;
  };
  /** Say what people with a verified address at the domain may do */
  "PATCH /api/organizations/{orgSlug}/domains/{domainId}": {
    parameters: { orgSlug: string; domainId: string };
    body: { mode: "off" | "ask" | "auto"; joinRole?: "member" | "viewer" | undefined };
    answer: Domain;
  };
  /** Give a domain up; who came by it stays */
  "DELETE /api/organizations/{orgSlug}/domains/{domainId}": {
    parameters: { orgSlug: string; domainId: string };
    answer: undefined;
  };
  /** A domain, with the DNS record that proves it */
  "GET /api/domains/{domainId}": {
    parameters: { domainId: string };
    organization?: string | undefined;
    answer: Domain;
  };
  /** Say what people with a verified address at the domain may do */
  "PATCH /api/domains/{domainId}": {
    parameters: { domainId: string };
    organization?: string | undefined;
    body: { mode: "off" | "ask" | "auto"; joinRole?: "member" | "viewer" | undefined };
    answer: Domain;
  };
  /** Give a domain up; who came by it stays */
  "DELETE /api/domains/{domainId}": {
    parameters: { domainId: string };
    organization?: string | undefined;
    answer: undefined;
  };
  /** Look for the record in DNS now */
  "POST /api/organizations/{orgSlug}/domains/{domainId}/verify": {
    parameters: { orgSlug: string; domainId: string };
    answer: { domain: Domain; outcome: "verified" | "missing" | "unreachable"; found: string[] };
  };
  /** Look for the record in DNS now */
  "POST /api/domains/{domainId}/verify": {
    parameters: { domainId: string };
    organization?: string | undefined;
    answer: { domain: Domain; outcome: "verified" | "missing" | "unreachable"; found: string[] };
  };
  /** Send a link to a mailbox of whoever runs the domain */
  "POST /api/organizations/{orgSlug}/domains/{domainId}/mail": {
    parameters: { orgSlug: string; domainId: string };
    body: { mailbox: "admin" | "administrator" | "hostmaster" | "postmaster" | "webmaster" };
    answer: { address: string; expiresAt: string };
  };
  /** Send a link to a mailbox of whoever runs the domain */
  "POST /api/domains/{domainId}/mail": {
    parameters: { domainId: string };
    organization?: string | undefined;
    body: { mailbox: "admin" | "administrator" | "hostmaster" | "postmaster" | "webmaster" };
    answer: { address: string; expiresAt: string };
  };
  /** Give back the token from the mailbox */
  "POST /api/organizations/{orgSlug}/domain-confirmations": {
    parameters: { orgSlug: string };
    body: { token: string };
    answer: Domain;
  };
  /** Give back the token from the mailbox */
  "POST /api/domain-confirmations": { organization?: string | undefined; body: { token: string }; answer: Domain };
  /** A page of the open requests to join, oldest first */
  "GET /api/organizations/{orgSlug}/join-requests": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
    };
    answer: { items: JoinRequest[]; next: string | null; previous: string | null };
  };
  /** A page of the open requests to join, oldest first */
  "GET /api/join-requests": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
    };
    organization?: string | undefined;
    answer: { items: JoinRequest[]; next: string | null; previous: string | null };
  };
  /** Let somebody in who asked */
  "POST /api/organizations/{orgSlug}/join-requests/{userId}/approve": {
    parameters: { orgSlug: string; userId: string };
    body: { role?: "owner" | "admin" | "member" | "viewer" | undefined };
    answer: JoinRequest;
  };
  /** Let somebody in who asked */
  "POST /api/join-requests/{userId}/approve": {
    parameters: { userId: string };
    organization?: string | undefined;
    body: { role?: "owner" | "admin" | "member" | "viewer" | undefined };
    answer: JoinRequest;
  };
  /** Say no; the person may ask again a week later */
  "POST /api/organizations/{orgSlug}/join-requests/{userId}/decline": {
    parameters: { orgSlug: string; userId: string };
    answer: JoinRequest;
  };
  /** Say no; the person may ask again a week later */
  "POST /api/join-requests/{userId}/decline": {
    parameters: { userId: string };
    organization?: string | undefined;
    answer: JoinRequest;
  };
  /** Organizations that take people from the domain of the caller's verified address */
  "GET /api/joinable": {
    answer: {
      items: {
        organization: Organization;
        domain: string;
        way: "join" | "ask";
        role: "member" | "viewer";
        request: "none" | "open" | "declined";
      }[];
    };
  };
  /** Become a member by the domain of one's verified address */
  "POST /api/joinable/{orgSlug}/join": { parameters: { orgSlug: string }; answer: OrganizationWithRole };
  /** Ask to be let in; somebody there decides */
  "POST /api/joinable/{orgSlug}/request": {
    parameters: { orgSlug: string };
    answer: { organization: Organization; request: "open" };
  };
  /** A page of the audit log, newest first */
  "GET /api/organizations/{orgSlug}/audit": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      actor?: string | undefined;
      action?: string | undefined;
      target?: string | undefined;
      from?: string | undefined;
      to?: string | undefined;
    };
    answer: { items: AuditEvent[]; next: string | null; previous: string | null };
  };
  /** A page of the audit log, newest first */
  "GET /api/audit": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      actor?: string | undefined;
      action?: string | undefined;
      target?: string | undefined;
      from?: string | undefined;
      to?: string | undefined;
    };
    organization?: string | undefined;
    answer: { items: AuditEvent[]; next: string | null; previous: string | null };
  };
  /** The audit log as a file, oldest first; that it was exported is an event of it */
  "GET /api/organizations/{orgSlug}/audit/export": {
    parameters: { orgSlug: string };
    query: {
      actor?: string | undefined;
      action?: string | undefined;
      target?: string | undefined;
      from?: string | undefined;
      to?: string | undefined;
      search?: string | undefined;
      format: "csv" | "json";
    };
    answer: FileAnswer;
  };
  /** The audit log as a file, oldest first; that it was exported is an event of it */
  "GET /api/audit/export": {
    query: {
      actor?: string | undefined;
      action?: string | undefined;
      target?: string | undefined;
      from?: string | undefined;
      to?: string | undefined;
      search?: string | undefined;
      format: "csv" | "json";
    };
    organization?: string | undefined;
    answer: FileAnswer;
  };
  /** Whether the audit log is as it was written. Keep the head elsewhere and give it as `expect` the next time */
  "GET /api/organizations/{orgSlug}/audit/verification": {
    parameters: { orgSlug: string };
    query?: { expect?: string | undefined };
    answer:
      | { ok: true; events: number; head: string }
      | { ok: false; sequence: number; problem: "edited" | "missing" | "reordered" | "head-mismatch" };
  };
  /** Whether the audit log is as it was written. Keep the head elsewhere and give it as `expect` the next time */
  "GET /api/audit/verification": {
    query?: { expect?: string | undefined };
    organization?: string | undefined;
    answer:
      | { ok: true; events: number; head: string }
      | { ok: false; sequence: number; problem: "edited" | "missing" | "reordered" | "head-mismatch" };
  };
  /** The process answers; the database is not asked */
  "GET /api/health": { answer: { status: "ok" } };
  /** The database answers and keeps tenants apart */
  "GET /api/ready": { answer: { status: "ready" } };
  /** Make an account and its first organization, and sign in. Without a session cookie in the answer, sign in then */
  "POST /api/sign-up": {
    body: { name: string; email: string; password: string; organization: string };
    answer: { organization: Organization };
  };
  /** Open a session. An unknown address and a wrong password are the same refusal */
  "POST /api/sign-in": { body: { email: string; password: string }; answer: { user: { id: string } } };
  /** End the session, if there is one */
  "POST /api/sign-out": { answer: undefined };
  /** Who is signed in, and their organizations */
  "GET /api/me": {
    answer: {
      user: { id: string; name: string; email: string; emailVerified: boolean };
      organizations: OrganizationWithRole[];
    };
  };
  /** Send a link for a new password. The answer is the same whether the address has an account or not */
  "POST /api/password-reset-requests": { body: { email: string }; answer: undefined };
  /** Choose a new password by the token of a mailed link, once. It ends every session of the account */
  "POST /api/password-resets": { body: { token: string; password: string }; answer: undefined };
  /** Send the link again that confirms your own address */
  "POST /api/address-verification-requests": { answer: undefined };
  /** Confirm your own address by the token of a mailed link */
  "POST /api/address-verifications": { body: { token: string }; answer: undefined };
  /** A page of the projects */
  "GET /api/organizations/{orgSlug}/projects": {
    parameters: { orgSlug: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      sort?: "newest" | "oldest" | "name" | "updated" | undefined;
    };
    answer: { items: Project[]; next: string | null; previous: string | null };
  };
  /** Make a project */
  "POST /api/organizations/{orgSlug}/projects": {
    parameters: { orgSlug: string };
    body: { name: string };
    answer: Project;
  };
  /** A page of the projects */
  "GET /api/projects": {
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      sort?: "newest" | "oldest" | "name" | "updated" | undefined;
    };
    organization?: string | undefined;
    answer: { items: Project[]; next: string | null; previous: string | null };
  };
  /** Make a project */
  "POST /api/projects": { organization?: string | undefined; body: { name: string }; answer: Project };
  /** A project */
  "GET /api/organizations/{orgSlug}/projects/{projectId}": {
    parameters: { orgSlug: string; projectId: string };
    answer: Project;
  };
  /** Rename a project */
  "PATCH /api/organizations/{orgSlug}/projects/{projectId}": {
    parameters: { orgSlug: string; projectId: string };
    body: { name: string };
    answer: Project;
  };
  /** Delete a project and its tasks */
  "DELETE /api/organizations/{orgSlug}/projects/{projectId}": {
    parameters: { orgSlug: string; projectId: string };
    answer: undefined;
  };
  /** A project */
  "GET /api/projects/{projectId}": {
    parameters: { projectId: string };
    organization?: string | undefined;
    answer: Project;
  };
  /** Rename a project */
  "PATCH /api/projects/{projectId}": {
    parameters: { projectId: string };
    organization?: string | undefined;
    body: { name: string };
    answer: Project;
  };
  /** Delete a project and its tasks */
  "DELETE /api/projects/{projectId}": {
    parameters: { projectId: string };
    organization?: string | undefined;
    answer: undefined;
  };
  /** A page of a project's tasks */
  "GET /api/organizations/{orgSlug}/projects/{projectId}/tasks": {
    parameters: { orgSlug: string; projectId: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      sort?: "newest" | "oldest" | "title" | undefined;
      status?: "all" | "open" | "done" | undefined;
    };
    answer: { items: Task[]; next: string | null; previous: string | null };
  };
  /** Add a task to a project */
  "POST /api/organizations/{orgSlug}/projects/{projectId}/tasks": {
    parameters: { orgSlug: string; projectId: string };
    body: { title: string };
    answer: Task;
  };
  /** A page of a project's tasks */
  "GET /api/projects/{projectId}/tasks": {
    parameters: { projectId: string };
    query?: {
      search?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      limit?: number | undefined;
      sort?: "newest" | "oldest" | "title" | undefined;
      status?: "all" | "open" | "done" | undefined;
    };
    organization?: string | undefined;
    answer: { items: Task[]; next: string | null; previous: string | null };
  };
  /** Add a task to a project */
  "POST /api/projects/{projectId}/tasks": {
    parameters: { projectId: string };
    organization?: string | undefined;
    body: { title: string };
    answer: Task;
  };
  /** A task */
  "GET /api/organizations/{orgSlug}/tasks/{taskId}": { parameters: { orgSlug: string; taskId: string }; answer: Task };
  /** Rename, complete or reopen a task */
  "PATCH /api/organizations/{orgSlug}/tasks/{taskId}": {
    parameters: { orgSlug: string; taskId: string };
    body: { title?: string | undefined; completed?: boolean | undefined };
    answer: Task;
  };
  /** Delete a task */
  "DELETE /api/organizations/{orgSlug}/tasks/{taskId}": {
    parameters: { orgSlug: string; taskId: string };
    answer: undefined;
  };
  /** A task */
  "GET /api/tasks/{taskId}": { parameters: { taskId: string }; organization?: string | undefined; answer: Task };
  /** Rename, complete or reopen a task */
  "PATCH /api/tasks/{taskId}": {
    parameters: { taskId: string };
    organization?: string | undefined;
    body: { title?: string | undefined; completed?: boolean | undefined };
    answer: Task;
  };
  /** Delete a task */
  "DELETE /api/tasks/{taskId}": {
    parameters: { taskId: string };
    organization?: string | undefined;
    answer: undefined;
  };
}
