import { parseArgs } from "node:util";
import { judge } from "./report/judge.ts";
import { renderReport } from "./report/render-report.ts";
import { writeReadme } from "./report/write-readme.ts";
import { fullSize, quickSize, runBenchmark } from "./run-benchmark.ts";

await main();

/** Ends with code 1 when a target of the full run is missed; a quick run is too short to judge by. */
async function main(): Promise<void> {
  const flags = parseFlags();
  if (flags === undefined) return;
  const result = await runBenchmark(flags.quick ? quickSize : fullSize, (line) => console.error(line));
  const report = renderReport(result);
  console.log(report);
  if (flags.write) await writeReadme(report);
  const missed = judge(result).filter(({ kept }) => !kept);
  if (!flags.quick && missed.length > 0) process.exitCode = 1;
}

function parseFlags(): { quick: boolean; write: boolean } | undefined {
  try {
    const { values } = parseArgs({
      options: { quick: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
    });
    if (values.quick && values.write)
      throw new Error("--write keeps the numbers of a full run only; leave out --quick");
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}. Known are --quick and --write.`);
    process.exitCode = 1;
    return undefined;
  }
}
