import { RowhouseError } from "../errors.ts";
import { quoteIdentifier, quoteTable, splitTable } from "../database/identifier.ts";
import { floorPolicy } from "./canonical-policy.ts";

export interface SupabasePolicyOptions {
  /** Tables with `organization_id uuid not null`, as `projects` or `app.projects`. */
  readonly tables: readonly string[];
  /** The table of who is in which organization, with `organization_id`, `user_id` and `role`. Default `public.memberships`. */
  readonly memberships?: string | undefined;
  /** Roles that only read. Default `["viewer"]`. */
  readonly readers?: readonly string[] | undefined;
}

/** Schemas that are Supabase's or Postgres's own: what is in there is nobody's tenant table. */
const foreignSchemas =
  /^(auth|storage|realtime|vault|extensions|graphql|graphql_public|supabase_\w+|information_schema|pg_\w+)$/;

/**
 * Policies for Supabase, where `auth.uid()` says who asks and a table of memberships where they belong: members read and write,
 * viewers read, everybody else sees nothing. Gives the script; nothing is run. Run it as `postgres`, as a migration of yours.
 *
 * @throws RowhouseError INVALID_INPUT for no table, for one named twice, and for a table that is Supabase's own
 */
export function renderSupabasePolicies(options: SupabasePolicyOptions): string {
  const { tables, memberships = "public.memberships", readers = ["viewer"] } = options;
  assertTables(tables, memberships);
  return [head, renderMemberships(memberships, readers), ...tables.map(renderTable)].join("\n\n") + "\n";
}

const head = `-- Rowhouse: policies for Supabase. Run as postgres.
do $$ begin
  -- The functions below read memberships past row security, which they are to decide: their owner has to be above it.
  if not (select rolbypassrls or rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    raise exception 'run this as a role with BYPASSRLS, as Supabase''s postgres is';
  end if;
end $$;

create schema if not exists private;
revoke all on schema private from public, anon, authenticated;
grant usage on schema private to authenticated;`;

// As an array of a sub-select: evaluated once a statement, and good for an index however many organizations a person is in.
const reads = "organization_id = any (array(select private.readable_organizations()))";
const writes = "organization_id = any (array(select private.writable_organizations()))";

function renderMemberships(name: string, readers: readonly string[]): string {
  const table = quoteTable(name);
  const writers = readers.length === 0 ? "" : ` and role <> all (array[${readers.map(quoteText).join(", ")}])`;
  return `-- Who belongs where. Nobody but service_role writes it: a person who could would let themselves in.
${renderFunction("readable_organizations", `select organization_id from ${table} where user_id = (select auth.uid())`)}
${renderFunction("writable_organizations", `select organization_id from ${table} where user_id = (select auth.uid())${writers}`)}

${renderSwitches(table, "select")}
create index if not exists ${quoteIdentifier(`${splitTable(name).table}_by_user`)} on ${table} (user_id, organization_id);
${renderPolicy(table, { name: "members_read", command: "select", using: reads })}
${renderPolicy(table, { name: floorPolicy, isFloor: true, using: reads, check: "false" })}`;
}

function renderFunction(name: string, body: string): string {
  return `create or replace function private.${name}() returns setof uuid
  language sql stable security definer set search_path = ''
as $$ ${body} $$;
revoke execute on function private.${name}() from public, anon;
grant execute on function private.${name}() to authenticated;`;
}

function renderTable(name: string): string {
  const table = quoteTable(name);
  const index = quoteIdentifier(`${splitTable(name).table}_by_organization`);
  return `${renderSwitches(table, "select, insert, update, delete")}
-- Leave it out where an index, or the primary key, begins with organization_id already.
create index if not exists ${index} on ${table} (organization_id);
${renderPolicy(table, { name: "members_read", command: "select", using: reads })}
${renderPolicy(table, { name: "members_insert", command: "insert", check: writes })}
${renderPolicy(table, { name: "members_update", command: "update", using: writes, check: writes })}
${renderPolicy(table, { name: "members_delete", command: "delete", using: writes })}
${renderPolicy(table, { name: floorPolicy, isFloor: true, using: reads, check: writes })}`;
}

/** `service_role` is above row security, and keeps what it was granted. */
function renderSwitches(table: string, privileges: string): string {
  return `alter table ${table} enable row level security, force row level security;
revoke all on ${table} from public, anon, authenticated;
grant ${privileges} on ${table} to authenticated;`;
}

interface RenderedPolicy {
  readonly name: string;
  readonly command?: "select" | "insert" | "update" | "delete";
  readonly isFloor?: boolean;
  readonly using?: string;
  readonly check?: string;
}

function renderPolicy(table: string, { name, command, isFloor, using, check }: RenderedPolicy): string {
  const kind = isFloor === true ? "as restrictive for all to public" : `for ${command ?? "all"} to authenticated`;
  const sides = [using && `using (${using})`, check && `with check (${check})`].filter(Boolean).join(" ");
  return `drop policy if exists ${name} on ${table};
create policy ${name} on ${table} ${kind} ${sides};`;
}

function assertTables(tables: readonly string[], memberships: string): void {
  const full = [memberships, ...tables].map((name) => Object.values(splitTable(name)).join("."));
  const foreign = full.filter((name) => foreignSchemas.test(splitTable(name).schema) || /(^|\.)$/.test(name));
  const twice = full.filter((name, index) => full.indexOf(name) !== index);
  if (tables.length > 0 && foreign.length === 0 && twice.length === 0) return;
  const found = tables.length === 0 ? "none was named" : `these cannot be: ${[...foreign, ...twice].join(", ")}`;
  throw new RowhouseError(
    "INVALID_INPUT",
    `Policies are made for tables of yours with organization_id, each named once beside the table of memberships; ${found}.`,
  );
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
