import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { BenchmarkResult } from "../run-benchmark.ts";
import { networks, type Network } from "../select-axes.ts";
import { renderPlot } from "./render-plot.ts";
import { renderReport, situationOf } from "./render-report.ts";

const readme = new URL("../README.md", import.meta.url);
const plots = new URL("../plots/", import.meta.url);
const begin = "<!-- begin: written by npm run bench -- --write -->";
const end = "<!-- end -->";
/** The plots show what a server with some work to do is like; the tables have the others. */
const plotted = 8;

/** Puts the report between the marks in README.md, and the plots beside it. */
export async function writeReadme(result: BenchmarkResult): Promise<void> {
  const text = await readFile(readme, "utf8");
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1)
    throw new Error(`bench/README.md has lost its marks ${begin} and ${end}; put them back.`);
  const images = (await Promise.all(networks.map((network) => writePlot(result, network)))).flat();
  const body = [...images, renderReport(result)].join("\n\n");
  await writeFile(readme, `${text.slice(0, from + begin.length)}\n\n${body}\n\n${text.slice(to)}`);
}

async function writePlot({ comparisons }: BenchmarkResult, network: Network): Promise<string[]> {
  const shown = comparisons.filter((one) => one.network === network && one.connections === plotted);
  const [first] = shown;
  if (first === undefined) return [];
  await mkdir(plots, { recursive: true });
  await writeFile(new URL(`${network}.svg`, plots), renderPlot(shown));
  return [`![Throughput of each contestant and operation, ${situationOf(first)}](plots/${network}.svg)`];
}
