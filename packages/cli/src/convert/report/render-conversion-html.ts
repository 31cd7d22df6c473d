import { escapeHtml } from "../../page/escape-html.ts";
import { renderFacts, renderPage } from "../../page/render-page.ts";
import type { PlannedTable } from "../plan.ts";
import type { ConversionStory } from "./conversion-story.ts";
import {
  adviseNext,
  concludeStory,
  formatMs,
  formatTime,
  tellPhases,
  tellTroubles,
  tellValidations,
} from "./tell-phases.ts";

const style = `
table { width: 100%; } .number { text-align: end; } td.number { font-variant-numeric: tabular-nums; }
td.number, .short { white-space: nowrap; } th[scope="row"] { font-weight: 500; min-width: 8rem; }
th[scope="row"], .prose { overflow-wrap: anywhere; } thead { background: var(--raised); }
.prose { min-width: 16rem; } .to-come { color: var(--quiet); }`;

/** Headings over numbers, which stand as they do. */
const numberHeads = new Set(["Count", "Steps", "Took", "Rows", "Waits for locks", "Retries", "Rows (estimated)"]);

/** What was decided and why, what ran, and what comes next: for whoever has to answer for it. */
export function renderConversionHtml(story: ConversionStory): string {
  const { plan, database, server, madeAt } = story;
  const { next, back } = adviseNext(story);
  return renderPage({
    title: `Conversion of ${database}`,
    style,
    body: `<h1>Conversion of ${escapeHtml(database)}</h1>
${verdict(story)}
${renderFacts([
  ["Database", database],
  ["Postgres", server],
  ["Made", formatTime(madeAt)],
  ["Users", plan.anchor],
  ["New column", plan.column],
  ["Organizations", plan.lazy ? "when first needed" : "one for each user"],
  ...(plan.teams === null ? [] : [["Teams that became organizations", plan.teams.table] as const]),
])}
<section><h2>What comes next</h2><p>${withCommands(next)}</p><h3>The way back</h3><p>${withCommands(back)}</p></section>
${findingsSection(story)}
${phasesSection(story)}
${validationsSection(story)}
${troublesSection(story)}
${questionsSection(story)}
${tablesSection(story)}`,
  });
}

function verdict(story: ConversionStory): string {
  const isWrong = (story.findings?.length ?? 0) > 0;
  const [kind, sign] = isWrong ? ["crossed", "✕ "] : story.reached === null ? ["inconclusive", ""] : ["held", "✓ "];
  return `<p class="verdict ${kind}">${sign}${escapeHtml(concludeStory(story))}</p>`;
}

/** A sentence whose commands stand out, to be copied. */
function withCommands(sentence: string): string {
  const command = /rowhouse convert \w+(?: --[\w-]+(?: (?:&lt;\w+&gt;|contract))?)*/g;
  return escapeHtml(sentence).replace(command, "<code>$&</code>");
}

function findingsSection({ findings }: ConversionStory): string {
  if (findings === null || findings.length === 0) return "";
  const rows = findings.map(({ rule, table: of, detail, count, sample }) => [
    header(rule),
    cell(of ?? ""),
    prose(detail),
    number(count.toLocaleString("en")),
    prose(sample.join("; ")),
  ]);
  return section("What is wrong", table("What is wrong", ["Rule", "Table", "What", "Count", "Some of them"], rows));
}

function phasesSection(story: ConversionStory): string {
  const rows = tellPhases(story).map(({ name, state, startedAt, tookMs, rows: changed, waits, retries, steps }) => {
    const ran = startedAt !== null;
    return [
      header(name),
      `<td class="short ${state === "done" ? "held" : state === "running" ? "inconclusive" : "to-come"}">${state === "done" ? "✓ " : ""}${state}</td>`,
      `<td class="short">${ran ? formatTime(startedAt) : ""}</td>`,
      ...[steps.toString(), formatMs(tookMs), changed.toLocaleString("en"), waits.toString(), retries.toString()].map(
        (each) => number(ran ? each : ""),
      ),
    ];
  });
  const heads = ["Phase", "State", "Began", "Steps", "Took", "Rows", "Waits for locks", "Retries"];
  return section("Phases", table("Phases", heads, rows));
}

function validationsSection(story: ConversionStory): string {
  const rows = tellValidations(story).map(({ at, after, findings }) => [
    header(formatTime(at)),
    cell(after),
    `<td class="${findings === 0 ? "held" : "crossed"}">${findings === 0 ? "✓ clean" : `✕ ${findings} finding${findings === 1 ? "" : "s"}`}</td>`,
  ]);
  return rows.length === 0 ? "" : section("Validations", table("Validations", ["When", "At", "Result"], rows));
}

function troublesSection(story: ConversionStory): string {
  const rows = tellTroubles(story).map(({ at, kind, step, detail }) => [
    header(formatTime(at)),
    cell(kind),
    cell(step ?? ""),
    prose(detail),
  ]);
  if (rows.length === 0) return "";
  return section(
    "Waits, retries and warnings",
    table("Waits, retries and warnings", ["When", "Kind", "Step", "What"], rows),
  );
}

function questionsSection({ plan }: ConversionStory): string {
  const rows = plan.questions.map(({ table: of, question, answer }) => [
    header(of ?? plan.database),
    prose(question),
    answer === null ? `<td class="inconclusive">open</td>` : cell(answer),
  ]);
  return rows.length === 0 ? "" : section("Questions", table("Questions", ["Table", "Question", "Answer"], rows));
}

function tablesSection({ plan }: ConversionStory): string {
  const rows = plan.tables.map((each) => [
    header(each.table),
    cell(each.class),
    prose(wayOf(each)),
    prose([each.reason, ...each.issues].filter((line) => line !== "").join(" ")),
    number(each.rows.toLocaleString("en")),
  ]);
  const heads = ["Table", "Becomes", "Way to its owner", "Why", "Rows (estimated)"];
  return section("Tables", table("Tables", heads, rows));
}

function wayOf({ path, unowned }: PlannedTable): string {
  const way = path.map(({ from, to }) => `${from} → ${to}`).join(", ");
  return unowned === null ? way : `${way}; rows of nobody: ${unowned}`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>${content}</section>`;
}

function table(label: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads
    .map((each) => `<th scope="col"${numberHeads.has(each) ? ` class="number"` : ""}>${escapeHtml(each)}</th>`)
    .join("");
  const body = rows.map((cells) => `<tr>${cells.join("")}</tr>`).join("\n");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function header(given: string): string {
  return `<th scope="row">${escapeHtml(given)}</th>`;
}

function cell(given: string): string {
  return `<td>${escapeHtml(given)}</td>`;
}

function prose(given: string): string {
  return `<td class="prose">${escapeHtml(given)}</td>`;
}

function number(given: string): string {
  return `<td class="number">${escapeHtml(given)}</td>`;
}
