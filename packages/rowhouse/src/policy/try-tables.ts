import { randomUUID } from "node:crypto";
import pg from "pg";
import { quoteTable } from "../database/identifier.ts";
import { canaryOrganizationId, canaryTable } from "./canary.ts";
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
  /** The canaries, as their own organization: it has to be seen, or the other looks prove nothing. */
  readonly asCanary: Look;
  readonly manifest: readonly ManifestLine[];
}

interface Outcome {
  readonly visible?: readonly number[];
  readonly error?: string;
}

/** Really reads the tables, as the connected role, in one round trip; a wrong rule of ours cannot hide what is seen here. */
export async function tryTables(
  db: GuardConnection,
  { tables, hasManifest }: { tables: readonly string[]; hasManifest: boolean },
): Promise<Looks> {
  const canaries = tables.filter((name) => name === canaryTable);
  const { outcomes, manifest } = await db.readRow<{
    outcomes: Outcome[];
    manifest: Parameters<typeof parseManifestLine>[0][];
  }>({
    text: `select pg_catalog.current_setting('rowhouse.looks')::json as outcomes,
      ${hasManifest ? `(select coalesce(pg_catalog.json_agg(m), '[]') from (${manifestLinesQuery}) as m)` : "'[]'::json"} as manifest`,
    values: [],
    ahead: [
      {
        text: planLooks([
          { organizationId: "", tables },
          { organizationId: randomUUID(), tables },
          { organizationId: canaryOrganizationId, tables: canaries },
        ]),
        values: [],
      },
    ],
  });
  const look = (outcome: Outcome | undefined, tried: readonly string[]): Look => ({
    visible: (outcome?.visible ?? []).map((index) => tried[index] ?? ""),
    refusal: outcome?.error,
  });
  const [withoutTenant, asStranger, asCanary] = outcomes;
  return {
    withoutTenant: look(withoutTenant, tables),
    asStranger: look(asStranger, tables),
    asCanary: look(asCanary, canaries),
    manifest: manifest.map(parseManifestLine),
  };
}

interface PlannedLook {
  readonly organizationId: string;
  readonly tables: readonly string[];
}

/**
 * A block that changes the context between statements, each of which row security plans anew, and leaves what it saw in a
 * setting of the transaction. A look that fails is an outcome: it proves nothing.
 */
function planLooks(looks: readonly PlannedLook[]): string {
  const array = (texts: readonly string[]) =>
    `array[${texts.map((text) => pg.escapeLiteral(text)).join(", ")}]::text[]`;
  const block = `
    declare
      organizations constant text[] := ${array(looks.map(({ organizationId }) => organizationId))};
      questions constant text[] := ${array(looks.map(({ tables }) => planLook(tables)))};
      visible json;
      outcomes jsonb := '[]';
    begin
      for number in 1 .. ${looks.length} loop
        perform pg_catalog.set_config('rowhouse.organization_id', organizations[number], true);
        begin
          execute questions[number] into visible;
          outcomes := outcomes || pg_catalog.jsonb_build_object('visible', visible);
        exception when others then
          outcomes := outcomes || pg_catalog.jsonb_build_object('error', sqlerrm);
        end;
      end loop;
      perform pg_catalog.set_config('rowhouse.organization_id', '', true);
      perform pg_catalog.set_config('rowhouse.looks', outcomes::text, true);
    end`;
  return `do ${pg.escapeLiteral(block)}`;
}

function planLook(tables: readonly string[]): string {
  const parts = tables.map((name, index) => `select ${index} as index where exists (select from ${quoteTable(name)})`);
  if (parts.length === 0) return "select '[]'::json";
  return `select coalesce(pg_catalog.json_agg(index), '[]') from (${parts.join(" union all ")}) as seen`;
}
