import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Role } from "../access/roles.ts";

/** A timestamp that the database sets when it is left out. */
type Timestamp = ColumnType<Date, Date | undefined, Date>;

/** The tables of schema `rowhouse`, for Kysely. An application may add them to its own `Database` type. */
export interface ControlPlane {
  "rowhouse.organizations": OrganizationsTable;
  "rowhouse.organizationSlugs": {
    slug: string;
    organizationId: string;
    createdAt: Timestamp;
    retiredAt: Date | null;
  };
  "rowhouse.memberships": MembershipsTable;
  "rowhouse.invitations": InvitationsTable;
  "rowhouse.invitationUses": { organizationId: string; invitationId: string; userId: string; createdAt: Timestamp };
  "rowhouse.auditEvents": AuditEventsTable;
  "rowhouse.organizationSettings": {
    organizationId: string;
    key: string;
    /** Any JSON value; written as its text. */
    value: ColumnType<unknown, string, string>;
    version: Generated<number>;
    updatedAt: Timestamp;
  };
  "rowhouse.domains": DomainsTable;
  "rowhouse.joinRequests": {
    organizationId: string;
    userId: string;
    name: string;
    email: string;
    status: Generated<"open" | "approved" | "declined">;
    createdAt: Timestamp;
    decidedAt: Date | null;
  };
  "rowhouse.formerMembers": { organizationId: string; userId: string; endedAt: Timestamp };
  "rowhouse.serviceAccounts": {
    organizationId: string;
    id: Generated<string>;
    name: string;
    role: Exclude<Role, "owner">;
    status: Generated<"active" | "disabled">;
    createdBy: string;
    createdAt: Timestamp;
    updatedAt: Timestamp;
  };
  "rowhouse.apiKeys": ApiKeysTable;
  "rowhouse.idempotencyKeys": {
    organizationId: string;
    actorId: string;
    key: string;
    requestHash: Buffer;
    status: number;
    headers: JSONColumnType<Record<string, string>>;
    body: string | null;
    isSecret: Generated<boolean>;
    createdAt: Timestamp;
  };
  "rowhouse.rateLimits": { bucket: string; count: number; resetsAt: Date };
  "rowhouse.outbox": MailRow & { organizationId: string };
  "rowhouse.operatorLog": { id: Generated<string>; operator: string; reason: string; createdAt: Timestamp };
}

export interface OrganizationsTable {
  id: Generated<string>;
  slug: string;
  name: string;
  status: Generated<"active" | "suspended">;
  suspendedReason: string | null;
  memberLimit: number | null;
  isPersonal: Generated<boolean>;
  /** Whose personal workspace it is. */
  personalOf: string | null;
  description: Generated<string>;
  logoKey: string | null;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

export interface MembershipsTable {
  organizationId: string;
  userId: string;
  role: Role;
  status: Generated<"active" | "suspended">;
  name: Generated<string>;
  email: Generated<string>;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

export interface InvitationsTable {
  organizationId: string;
  id: Generated<string>;
  kind: "email" | "link";
  email: string | null;
  role: Role;
  status: Generated<"created" | "sent" | "accepted" | "declined" | "revoked" | "expired">;
  tokenHash: Buffer;
  invitedBy: string;
  acceptedBy: string | null;
  useLimit: number | null;
  useCount: Generated<number>;
  allowedDomain: string | null;
  expiresAt: Date;
  sentAt: Date | null;
  decidedAt: Date | null;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

export interface AuditEventsTable {
  organizationId: string;
  /** A bigint, as text. */
  sequence: Generated<string>;
  id: Generated<string>;
  occurredAt: Generated<Date>;
  actorKind: "user" | "service-account" | "api-key" | "job" | "operator";
  actorId: string;
  impersonatorId: string | null;
  action: string;
  targetKind: string;
  targetId: string;
  before: JSONColumnType<Record<string, unknown>> | null;
  after: JSONColumnType<Record<string, unknown>> | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  reason: string | null;
  previousHash: Generated<Buffer>;
  hash: Generated<Buffer>;
}

export interface DomainsTable {
  organizationId: string;
  id: Generated<string>;
  domain: string;
  status: Generated<"pending" | "verified" | "lapsed">;
  mode: Generated<"off" | "ask" | "auto">;
  token: string;
  method: "dns" | "email" | null;
  joinRole: Generated<"member" | "viewer">;
  mailTokenHash: Buffer | null;
  mailAddress: string | null;
  mailExpiresAt: Date | null;
  verifiedAt: Date | null;
  checkedAt: Date | null;
  failingSince: Date | null;
  createdAt: Timestamp;
}

export interface ApiKeysTable {
  organizationId: string;
  id: Generated<string>;
  name: string;
  prefix: string;
  secretHash: Buffer;
  scopes: string[];
  userId: string | null;
  serviceAccountId: string | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  createdBy: string;
  createdAt: Timestamp;
}

/** A mail in an outbox, that of organizations or one of an application's own. */
export interface MailRow {
  id: Generated<string>;
  recipient: string;
  template: string;
  data: string;
  status: Generated<"waiting" | "sent" | "failed">;
  attempts: Generated<number>;
  nextAttemptAt: Timestamp;
  lastError: string | null;
  createdAt: Timestamp;
  sentAt: Date | null;
}
