import { mkdir, writeFile } from "node:fs/promises";
import type { BenchmarkResult } from "../run-benchmark.ts";
import { networks, type Network } from "../select-axes.ts";
import { renderPlot } from "./render-plot.ts";
import { renderReport, situationOf } from "./render-report.ts";
import { replaceSection } from "./replace-section.ts";

const plots = new URL("../plots/", import.meta.url);
/** The plots show what a server with some work to do is like; the tables have the others. */
const plotted = 8;

/** Puts the report into README.md, and the plots beside it. */
export async function writeReadme(result: BenchmarkResult): Promise<void> {
  const images = (await Promise.all(networks.map((network) => writePlot(result, network)))).flat();
  await replaceSection("npm run bench -- --write", [...images, renderReport(result)].join("\n\n"));
}

async function writePlot({ comparisons }: BenchmarkResult, network: Network): Promise<string[]> {
  const shown = comparisons.filter((one) => one.network === network && one.connections === plotted);
  const [first] = shown;
  if (first === undefined) return [];
  await mkdir(plots, { recursive: true });
  await writeFile(new URL(`${network}.svg`, plots), renderPlot(shown));
  return [`![Throughput of each contestant and operation, ${situationOf(first)}](plots/${network}.svg)`];
}
