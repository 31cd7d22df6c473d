import { randomUUID } from "node:crypto";
import pg from "pg";
import { quoteIdentifier, quoteTable } from "../database/identifier.ts";
import { noContext } from "../database/context.ts";
import type { ContextSealer } from "../database/context-sealer.ts";
import { canaryOrganizationId } from "./canary.ts";
import type { GuardConnection } from "./guard-connection.ts";
import { manifestLinesQuery, parseManifestLine, type ManifestLine } from "./policy-manifest.ts";

/** What one look at some tables came to: those that showed a row, or why it could not be made. */
export interface Look {
  readonly visible: readonly string[];
  readonly refusal: string | undefined;
}

export interface Looks {
  readonly withoutTenant: Look;
  /** As an organization that nobody has. */
  readonly asStranger: Look;
  /** As the canary's organization: the canary has to be seen, or the other looks prove nothing. */
  readonly asCanary: Look;
  /** As the canary's organization, unsealed: where contexts are sealed not even the canary is seen. */
  readonly asForger: Look;
  readonly manifest: readonly ManifestLine[];
}

/**
 * For the transaction of the looks. The planner expects to meet a row soon and would take a sequential scan, which reads
 * the whole table when there is no row to be seen.
 */
const planningSettings =
  "select pg_catalog.set_config(name, 'off', true)" +
  " from (values ('jit'), ('enable_seqscan'), ('enable_bitmapscan')) as planned (name)";

export interface LooksInput {
  /** No row of them may be seen. */
  readonly tables: readonly string[];
  /** Of these, none that is an organization's: rows of nobody are everybody's. */
  readonly mixed: readonly string[];
  /** The tenant column of the mixed tables. */
  readonly column: string;
  readonly hasManifest: boolean;
  readonly sealer: ContextSealer | undefined;
}

interface LookContext {
  readonly organizationId: string;
  readonly seal: string;
}

interface Outcome {
  readonly visible?: readonly number[];
  readonly error?: string;
}

/** Really reads the tables, as the connected role, in one round trip; a wrong rule of ours cannot hide what is seen here. */
export async function tryTables(db: GuardConnection, input: LooksInput): Promise<Looks> {
  const { hasManifest, sealer } = input;
  const tables = [...input.tables, ...input.mixed];
  const sealed = (organizationId: string): LookContext => {
    return { organizationId, seal: sealer?.seal({ ...noContext, organizationId }) ?? "" };
  };
  const contexts = [
    { organizationId: "", seal: "" },
    sealed(randomUUID()),
    sealed(canaryOrganizationId),
    { organizationId: canaryOrganizationId, seal: "" },
  ];
  const { outcomes, manifest } = await db.readRow<{
    outcomes: Outcome[];
    manifest: Parameters<typeof parseManifestLine>[0][];
  }>({
    text: `select pg_catalog.current_setting('rowhouse.looks')::json as outcomes,
      ${hasManifest ? `(select coalesce(pg_catalog.json_agg(m), '[]') from (${manifestLinesQuery}) as m)` : "'[]'::json"} as manifest`,
    values: [],
    ahead: [
      { text: planningSettings, values: [] },
      { text: planLooks(contexts, input), values: [] },
    ],
  });
  const look = (outcome: Outcome | undefined): Look => ({
    visible: (outcome?.visible ?? []).map((position) => tables[position - 1] ?? ""),
    refusal: outcome?.error,
  });
  const [withoutTenant, asStranger, asCanary, asForger] = outcomes;
  return {
    withoutTenant: look(withoutTenant),
    asStranger: look(asStranger),
    asCanary: look(asCanary),
    asForger: look(asForger),
    manifest: manifest.map(parseManifestLine),
  };
}

/**
 * A block that asks the same question, planned once, in each context, and leaves what it saw in a setting of the
 * transaction. A look that fails is an outcome: it proves nothing.
 */
function planLooks(contexts: readonly LookContext[], { tables, mixed, column }: LooksInput): string {
  const listed = (texts: readonly string[]): string => texts.map((text) => pg.escapeLiteral(text)).join(", ");
  const block = `
    declare
      organizations constant text[] := array[${listed(contexts.map(({ organizationId }) => organizationId))}];
      seals constant text[] := array[${listed(contexts.map(({ seal }) => seal))}];
      shown boolean[];
      visible integer[];
      outcomes jsonb := '[]';
    begin
      for look in 1 .. ${contexts.length} loop
        perform pg_catalog.set_config('rowhouse.organization_id', organizations[look], true);
        perform pg_catalog.set_config('rowhouse.seal', seals[look], true);
        begin
          shown := array[${tables.map((name) => `exists (select from ${quoteTable(name)})`).join(", ")}]::boolean[];
          ${mixed.length === 0 ? "" : lookAtMixed(mixed, column)}
          visible := pg_catalog.array_positions(shown, true);
          outcomes := outcomes || pg_catalog.jsonb_build_object('visible', visible);
        exception when others then
          outcomes := outcomes || pg_catalog.jsonb_build_object('error', sqlerrm);
        end;
      end loop;
      perform pg_catalog.set_config('rowhouse.organization_id', '', true);
      perform pg_catalog.set_config('rowhouse.seal', '', true);
      perform pg_catalog.set_config('rowhouse.looks', outcomes::text, true);
    end`;
  return `do ${pg.escapeLiteral(block)}`;
}

/** Whoever sees rows of nobody reads those by the index alone; one index from end to end would be all rows of the table. */
function lookAtMixed(mixed: readonly string[], column: string): string {
  const looks = mixed.map(
    (name) => `exists (select from ${quoteTable(name)} where ${quoteIdentifier(column)} is not null)`,
  );
  return `
    perform pg_catalog.set_config(name, value, true)
      from (values ('enable_indexscan', 'off'), ('enable_indexonlyscan', 'off'), ('enable_bitmapscan', 'on')) as planned (name, value);
    shown := shown || array[${looks.join(", ")}]::boolean[];
    perform pg_catalog.set_config(name, value, true)
      from (values ('enable_indexscan', 'on'), ('enable_indexonlyscan', 'on'), ('enable_bitmapscan', 'off')) as planned (name, value);`;
}
