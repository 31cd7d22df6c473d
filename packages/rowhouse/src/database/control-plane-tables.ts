/** Tables of schema `rowhouse` that hold an organization's rows, with the column that says whose. */
export const controlPlaneTables: ReadonlyMap<string, string> = new Map([
  ["rowhouse.organizations", "id"],
  ...[
    "organization_slugs",
    "memberships",
    "audit_events",
    "audit_heads",
    "invitations",
    "invitation_uses",
    "organization_settings",
    "domains",
    "join_requests",
    "former_members",
    "service_accounts",
    "api_keys",
    "idempotency_keys",
    "outbox",
  ].map((name) => [`rowhouse.${name}`, "organization_id"] as const),
]);
