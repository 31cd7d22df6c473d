import type { Comparison } from "../compare-contestants.ts";
import { operationTitles } from "../operations/operation.ts";
import { situationOf } from "./render-report.ts";
import { formatRatio } from "./render-table.ts";

/** The longest name begins to the left of its panel. */
const margin = 44;
const panel = { width: 430, gap: 24, names: 210, bar: 16, row: 22, head: 34 };
const columns = 2;

const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .bar { fill: #8c959f; } .own { fill: #0969da; } .limit { stroke: #57606a; stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .bar { fill: #6e7681; } .own { fill: #4493f8; } .limit { stroke: #9198a1; }
  }`;

/** One situation as an SVG: a panel an operation, a bar a contestant, a dashed line where the limit is. */
export function renderPlot(comparisons: readonly Comparison[]): string {
  const [first] = comparisons;
  if (first === undefined) throw new Error("There is nothing to draw.");
  const height = panel.head + first.results.length * panel.row;
  const lines = Math.ceil(comparisons.length / columns);
  const width = columns * panel.width + (columns - 1) * panel.gap;
  const whole = 30 + lines * (height + panel.gap);
  const most = Math.max(1, ...comparisons.flatMap(({ results }) => results.map((result) => result.throughputRatio)));
  const title = `Throughput against where by hand, ${situationOf(first)}`;
  const panels = comparisons.map((comparison, index) => {
    const x = (index % columns) * (panel.width + panel.gap);
    const y = 30 + Math.floor(index / columns) * (height + panel.gap);
    return `<g transform="translate(${x} ${y})">${renderPanel(comparison, most)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-margin} 0 ${width + margin} ${whole}" width="${width + margin}" height="${whole}" role="img" aria-label="${title}">`,
    `<style>${style}\n</style>`,
    `<text class="title" x="${-margin}" y="16">${title}</text>`,
    ...panels,
    "</svg>\n",
  ].join("\n");
}

function renderPanel({ operation, results }: Comparison, most: number): string {
  // Room for the number behind the longest bar.
  const scale = (panel.width - panel.names - 50) / most;
  const bars = results.map(({ key, name, throughputRatio }, index) => {
    const y = panel.head + index * panel.row;
    const kind = key.startsWith("rowhouse") ? "own" : "bar";
    const length = (throughputRatio * scale).toFixed(1);
    return [
      `<text x="${panel.names - 8}" y="${y + 12}" text-anchor="end">${escape(name.replaceAll("`", ""))}</text>`,
      `<rect class="${kind}" x="${panel.names}" y="${y}" width="${length}" height="${panel.bar}"/>`,
      `<text x="${panel.names + throughputRatio * scale + 6}" y="${y + 12}">${formatRatio(throughputRatio)}</text>`,
    ].join("");
  });
  const limit = panel.names + scale;
  const bottom = panel.head + results.length * panel.row;
  return [
    `<text class="title" x="${panel.names}" y="22">${operationTitles[operation]}</text>`,
    ...bars,
    `<line class="limit" x1="${limit}" y1="${panel.head - 4}" x2="${limit}" y2="${bottom}"/>`,
  ].join("\n");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
