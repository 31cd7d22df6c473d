import { parseArgs } from "node:util";
import { judge } from "./report/judge.ts";
import { renderReport } from "./report/render-report.ts";
import { writeReadme } from "./report/write-readme.ts";
import { fullSize, quickSize, runBenchmark, type Selection, type Size } from "./run-benchmark.ts";
import { selectAxes } from "./select-axes.ts";

await main();

/** Ends with code 1 when a target of the whole run is missed; a part of it, or a quick run, is too little to judge by. */
async function main(): Promise<void> {
  const flags = parseFlags();
  if (flags === undefined) return;
  const result = await runBenchmark(flags.size, flags.selection, (line) => console.error(line));
  console.log(renderReport(result));
  if (flags.write) await writeReadme(result);
  const missed = judge(result).filter(({ kept }) => !kept);
  if (flags.isWhole && missed.length > 0) process.exitCode = 1;
}

interface Flags {
  readonly size: Size;
  readonly selection: Selection;
  readonly write: boolean;
  readonly isWhole: boolean;
}

function parseFlags(): Flags | undefined {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        only: { type: "string", default: "" },
        axes: { type: "string", default: "" },
        seconds: { type: "string" },
      },
    });
    const selection = { axes: selectAxes(toWords(values.axes)), only: toWords(values.only) };
    const isWhole = !values.quick && values.only === "" && values.axes === "";
    if (values.write && !isWhole) throw new TypeError("--write keeps the numbers of a whole run; leave out the others");
    const size = values.quick ? quickSize : fullSize;
    return { size: withSeconds(size, values.seconds), selection, write: values.write, isWhole };
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}. Known are --quick, --write, --only, --axes and --seconds.`,
    );
    process.exitCode = 1;
    return undefined;
  }
}

function toWords(text: string): string[] {
  return text.split(",").filter((word) => word !== "");
}

/** How long each contestant is measured in each case, over all rounds. */
function withSeconds(size: Size, text: string | undefined): Size {
  if (text === undefined) return size;
  const seconds = Number(text);
  if (!(seconds > 0)) throw new TypeError(`--seconds is a number above 0, not "${text}"`);
  return { ...size, sliceMs: (seconds * 1000) / size.rounds };
}
