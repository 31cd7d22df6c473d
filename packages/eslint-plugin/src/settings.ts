/** What an application says of its tenancy, under `settings.rowhouse` of its ESLint config. Everything may be left out. */
export interface Settings {
  /** Columns that hold the tenant. Either spelling finds both: `organization_id` and `organizationId`. */
  readonly tenantColumn?: string | readonly string[];
  /** What the organization is called in a path, as in `app/[orgSlug]`. Added to the usual names. */
  readonly organizationParam?: string | readonly string[];
  /** What a tenant scope is called: a variable, a property, a function that gives one; with a capital, a type. Added to `tenant` and `Tenant`. */
  readonly scopes?: readonly string[];
  /** Functions that let nobody pass but members. Added to those of Rowhouse. */
  readonly guards?: readonly string[];
  /** Folders (or files, without their ending) that may open a database. Instead of `database`. */
  readonly databaseFolders?: readonly string[];
  /** Tables and models that belong to no tenant; `auth.*` is a whole schema. Added to users, accounts, sessions and organizations. */
  readonly globalTables?: readonly string[];
}

/** The same, ready to be compared: names are lower-case and without underscores. */
export interface ParsedSettings {
  readonly tenantColumns: readonly string[];
  /** As it was written, for messages. */
  readonly columnName: string;
  readonly organizationNames: readonly string[];
  readonly organizationParams: readonly string[];
  readonly scopes: ReadonlySet<string>;
  readonly guards: ReadonlySet<string>;
  readonly databaseFolders: ReadonlySet<string>;
  readonly globalTables: readonly string[];
}

const usualParams = ["orgSlug", "orgId", "organization", "organizationSlug", "organizationId", "org"];
const usualScopes = ["tenant", "Tenant"];
const usualGuards = [
  ...["organizationAction", "runOrganizationAction", "organizationPage", "organizationMetadata", "organizationRoute"],
  ...["organizationEndpoint", "requireOrganization", "requireMembership", "requireMember", "enter", "enterRequest"],
];
const identityTables = ["user", "account", "session", "verification", "organization"];

/** Reads settings that anybody may have written: what is no name is left out. */
export function parseSettings(value: unknown): ParsedSettings {
  const settings: Record<string, unknown> = typeof value === "object" && value !== null ? { ...value } : {};
  const columns = namesIn(settings.tenantColumn);
  const folders = namesIn(settings.databaseFolders);
  const params = [...usualParams, ...namesIn(settings.organizationParam)];
  const tenantColumns = (columns.length > 0 ? columns : ["organization_id"]).map(plainName);
  const scopes = [...usualScopes, ...namesIn(settings.scopes)];
  return {
    tenantColumns,
    columnName: columns[0] ?? "organization_id",
    organizationNames: [...new Set([...tenantColumns, ...params.map(plainName), "tenant", "tenantid"])],
    organizationParams: params,
    scopes: new Set(scopes),
    guards: new Set([...usualGuards, ...namesIn(settings.guards)]),
    databaseFolders: new Set(folders.length > 0 ? folders : ["database"]),
    globalTables: [...identityTables, ...namesIn(settings.globalTables)],
  };
}

/** `organization_id`, `"organizationId"` and `OrganizationID` are one name. */
export function plainName(name: string): string {
  return name.replace(/[_"`-]/g, "").toLowerCase();
}

/** Whether a table or model belongs to no tenant. */
export function isGlobalTable(settings: ParsedSettings, table: string): boolean {
  const [name, whole] = [tableName(table), table.replace(/["`]/g, "").toLowerCase()];
  return settings.globalTables.some((entry) => {
    if (entry.endsWith(".*")) return whole.startsWith(entry.slice(0, -1).toLowerCase());
    return entry.includes(".") ? plainName(entry) === plainName(whole) : tableName(entry) === name;
  });
}

/** Without its schema, in one spelling, in the singular. */
function tableName(table: string): string {
  const last = table.slice(table.lastIndexOf(".") + 1);
  return plainName(last).replace(/ies$/, "y").replace(/s$/, "");
}

function namesIn(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((name): name is string => typeof name === "string" && name !== "");
}
