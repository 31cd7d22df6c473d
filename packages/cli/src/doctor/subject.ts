/** What a run looks at: named by flags, or found in the database. */
export interface Subject {
  /** The roles that serve tenants. */
  readonly appRoles: readonly string[];
  /** The column that says whose a row is. */
  readonly tenantColumn: string;
  /** The table of the tenants themselves, quoted where it must be. */
  readonly organizationsTable: string;
  /** The settings that name the tenant of a transaction; the first is the one that fixes use. */
  readonly contextSettings: readonly string[];
}
