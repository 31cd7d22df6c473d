import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { convertAtOnce } from "./convert/convert-at-once.ts";
import { convertUnderLoad, type Converted, type Target } from "./convert/convert-under-load.ts";
import { killAndResume } from "./convert/kill-and-resume.ts";
import { measureBackfill } from "./convert/measure-backfill.ts";
import { copyOldDatabase, prepareOldDatabase } from "./convert/prepare-old-database.ts";
import { judgeConversion, renderConversion } from "./convert/render-conversion.ts";
import { openServer } from "./database/open-server.ts";
import { replaceSection } from "./report/replace-section.ts";

const parts = ["online", "at-once", "killed", "backfill"] as const;

await main();

/** What the old application notices of its own conversion, beside the one transaction that guides recommend. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "2000000" },
      kills: { type: "string", default: "10" },
      parts: { type: "string", default: parts.join(",") },
      write: { type: "boolean", default: false },
    },
  });
  const wanted = values.parts.split(",");
  const unknown = wanted.filter((part) => !parts.some((one) => one === part));
  if (unknown.length > 0)
    throw new TypeError(`--parts does not know ${unknown.join(", ")}; it knows ${parts.join(", ")}`);
  const log = (line: string): void => console.error(line);
  await using server = await openServer();
  const folder = await mkdtemp(path.join(tmpdir(), "rowhouse-bench-convert-"));
  try {
    log(`loading ${Number(values.rows).toLocaleString("en")} tasks`);
    const old = await prepareOldDatabase(server.url, Number(values.rows));
    const measure = async <Result>(part: (typeof parts)[number], run: (target: Target) => Promise<Result>) => {
      if (!wanted.includes(part)) return undefined;
      const name = `bench_convert_${part.replace("-", "_")}`;
      const url = await copyOldDatabase(server.url, old, name);
      return await run({ url, old, planFile: path.join(folder, `${name}.yaml`), log });
    };
    const online = await measure("online", convertUnderLoad);
    const atOnce = await measure("at-once", convertAtOnce);
    const seconds = online === undefined ? old.rows / 10_000 : secondsOf(online);
    const killed = await measure("killed", (target) => killAndResume(target, { kills: Number(values.kills), seconds }));
    const backfill = await measure("backfill", measureBackfill);
    const result = { rows: old.rows, online, atOnce, killed, backfill };
    console.log(renderConversion(result));
    if (values.write) await replaceSection("bench/convert.ts --write", renderConversion(result));
    if (judgeConversion(result).some(({ kept }) => !kept)) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function secondsOf({ steps }: Converted): number {
  return steps.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0);
}
