import { withAdminClient } from "@rowhouse/local-postgres";
import type { Target } from "./convert-under-load.ts";
import { runCommand } from "./run-command.ts";

/** Rows a second of the backfill when nobody else works and nothing holds it back. */
export async function measureBackfill({ url, planFile }: Target): Promise<number> {
  await runCommand(["convert", "plan", "--url", url, "--out", planFile]);
  await runCommand(["convert", "run", "--url", url, "--plan", planFile, "--until", "triggers"]);
  await runCommand(["convert", "run", "--url", url, "--plan", planFile, "--until", "backfill", "--no-throttle"]);
  return withAdminClient(url, async (admin) => {
    const { rows } = await admin.query<{ rate: number }>(
      `select (sum(greatest(rows_done, (select coalesce(sum(p.rows_done), 0) from rowhouse_convert.progress p where p.step = s.id)))
         / greatest(sum(extract(epoch from ended_at - started_at)), 0.001))::float8 as rate
       from rowhouse_convert.steps s where phase = 'backfill'`,
    );
    return rows[0]?.rate ?? 0;
  });
}
