import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { findConversion, hasLedger } from "../run/ledger.ts";
import { readReachedPhase, validateAsReached } from "../validate/validate-as-reached.ts";
import type { ConversionStory, ToldEvent, ToldStep } from "./conversion-story.ts";

/**
 * What happened to this database, from its own ledger.
 *
 * @param validates also looks at what is wrong now, which reads every converted table
 * @throws RowhouseError NOT_FOUND when no conversion has begun, UNSAFE_DATABASE
 */
export async function readStory(
  client: pg.ClientBase,
  { validates }: { validates: boolean },
): Promise<ConversionStory> {
  const conversion = (await hasLedger(client)) ? await findConversion(client) : undefined;
  if (conversion === undefined)
    throw new RowhouseError(
      "NOT_FOUND",
      "No conversion has begun in this database. Begin it with rowhouse convert run --plan plan.yaml, or name another database with --url.",
    );
  const findings = validates ? await validateAsReached(client, conversion.plan) : null;
  await client.query("begin transaction isolation level repeatable read read only");
  try {
    const { rows: steps } = await client.query<ToldStep>(stepsQuery);
    const { rows: events } = await client.query<ToldEvent>(
      "select at, kind, step, detail from rowhouse_convert.log order by number",
    );
    const { rows: names } = await client.query<Pick<ConversionStory, "database" | "server">>(
      "select current_database() as database, split_part(current_setting('server_version'), ' ', 1) as server",
    );
    const { database = "", server = "" } = names[0] ?? {};
    const reached = await readReachedPhase(client, conversion);
    return { database, server, madeAt: new Date(), plan: conversion.plan, reached, steps, events, findings };
  } finally {
    await client.query("rollback");
  }
}

const stepsQuery = `select id, phase, state, started_at as "startedAt", ended_at as "endedAt",
    greatest(rows_done, (select coalesce(sum(p.rows_done), 0) from rowhouse_convert.progress p where p.step = s.id))::float8 as rows,
    coalesce((planned ->> 'irreversible')::boolean, false) as irreversible
  from rowhouse_convert.steps s order by number`;
