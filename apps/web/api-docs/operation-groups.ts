import type { ApiOperation } from "rowhouse/http";

/** The groups of the documentation with the parts of the API that each shows, in reading order. */
const parts = {
  accounts: ["sign-up", "sign-in", "sign-out", "me"],
  organizations: ["organizations", "organization", "slug", "logo"],
  members: ["members", "leave", "transfer-ownership", "permissions"],
  invitations: ["invitations", "invitation-links", "join"],
  domains: ["domains", "domain-confirmations", "join-requests", "joinable"],
  projects: ["projects", "tasks"],
  settings: ["settings"],
  "service-accounts": ["service-accounts"],
  "api-keys": ["api-keys"],
  tokens: ["tokens", "jwks"],
  audit: ["audit"],
  health: ["health", "ready"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What has no group of its own yet is shown under `other`. */
export type GroupName = keyof typeof parts | "other";

export interface OperationGroup {
  readonly name: GroupName;
  readonly operations: readonly ApiOperation[];
}

/**
 * The operations by group. What belongs to an organization is shown below its slug alone: the same for the header is told of
 * once.
 */
export function groupOperations(operations: readonly ApiOperation[]): OperationGroup[] {
  const shown = operations.filter(({ access, path }) => access !== "organization" || path.includes("{orgSlug}"));
  const names = [...(Object.keys(parts) as (keyof typeof parts)[]), "other" as const];
  const groups = names.map((name) => ({ name, operations: shown.filter(({ group }) => groupOf(group) === name) }));
  return groups.filter(({ operations: some }) => some.length > 0);
}

function groupOf(part: string): GroupName {
  const found = Object.entries(parts).find(([, names]) => (names as readonly string[]).includes(part));
  return (found?.[0] ?? "other") as GroupName;
}

/** What an operation is called in the address: `get-members-userid`. */
export function operationAnchor({ method, path }: ApiOperation): string {
  const place = path.replace("/api/organizations/{orgSlug}", "/organization").replace("/api/", "/");
  return `${method}${place}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/-+$/g, "");
}
