import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { convertAtOnce } from "./convert/convert-at-once.ts";
import { convertUnderLoad, type Target } from "./convert/convert-under-load.ts";
import { killAndResume } from "./convert/kill-and-resume.ts";
import { measureBackfill } from "./convert/measure-backfill.ts";
import { copyOldDatabase, prepareOldDatabase } from "./convert/prepare-old-database.ts";
import { judgeConversion, renderConversion } from "./convert/render-conversion.ts";
import { openServer } from "./database/open-server.ts";

await main();

/** What the old application notices of its own conversion, beside the one transaction that guides recommend. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rows: { type: "string", default: "2000000" }, kills: { type: "string", default: "10" } },
  });
  const log = (line: string): void => console.error(line);
  await using server = await openServer();
  const folder = await mkdtemp(path.join(tmpdir(), "rowhouse-bench-convert-"));
  try {
    log(`loading ${Number(values.rows).toLocaleString("en")} tasks`);
    const old = await prepareOldDatabase(server.url, Number(values.rows));
    const target = async (name: string): Promise<Target> => ({
      url: await copyOldDatabase(server.url, old, name),
      old,
      planFile: path.join(folder, `${name}.yaml`),
      log,
    });
    const online = await convertUnderLoad(await target("bench_convert_online"));
    const atOnce = await convertAtOnce(await target("bench_convert_at_once"));
    const killed = await killAndResume(await target("bench_convert_killed"), {
      kills: Number(values.kills),
      seconds: online.working,
    });
    const backfill = await measureBackfill(await target("bench_convert_backfill"));
    const result = { rows: old.rows, online, atOnce, killed, backfill };
    console.log(renderConversion(result));
    if (judgeConversion(result).some(({ kept }) => !kept)) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
