import { levels, type Level } from "./check-page.ts";
import type { Guess } from "./guess-subject.ts";
import { renderGuesses } from "./render-guesses.ts";
import type { Report } from "./report.ts";

export const formats = ["text", "json", "sarif", "junit"] as const;
export type Format = (typeof formats)[number];

export function renderReport(report: Report, format: Format, guesses: readonly Guess[]): string {
  if (format === "json") return renderJson(report);
  if (format === "sarif") return renderSarif(report);
  return format === "junit" ? renderJunit(report) : renderText(report, guesses);
}

/** Those of this level and above it. */
export function atLeast<Levelled extends { readonly level: Level }>(
  findings: readonly Levelled[],
  level: Level,
): Levelled[] {
  return findings.filter((finding) => levels.indexOf(finding.level) >= levels.indexOf(level));
}

function renderJson({ findings, summary, inconclusive, subject }: Report): string {
  return JSON.stringify({ findings, summary, inconclusive, subject }, undefined, 2);
}

function renderText({ findings, inconclusive, summary, subject }: Report, guesses: readonly Guess[]): string {
  const sorted = [...levels].reverse().flatMap((level) => findings.filter((finding) => finding.level === level));
  return [
    ...renderGuesses(guesses),
    ...sorted.map(({ level, check, object, detail }) => `${level.padEnd(5)} ${check} ${object}: ${detail}`),
    ...inconclusive.map(({ check, name, reason }) => `could not be checked: ${check} ${name}: ${reason}`),
    ...(sorted.length + inconclusive.length > 0 ? [""] : []),
    `${summary.checks} checks for ${subject.appRoles.join(", ")}: ${summary.error} errors, ${summary.warn} warnings, ${summary.info} notes` +
      (summary.inconclusive > 0 ? `, ${summary.inconclusive} could not be made` : "") +
      (summary.known > 0 ? `, ${summary.known} known and left out` : "") +
      ".",
  ].join("\n");
}

const sarifLevels = { error: "error", warn: "warning", info: "note" } as const;

/** SARIF 2.1.0, as code hosts read it. A database has no files: the object is a logical location. */
function renderSarif({ findings }: Report): string {
  const rules = [...new Map(findings.map(({ check, name }) => [check, name]))].map(([id, name]) => ({ id, name }));
  const results = findings.map(({ check, level, object, detail, cacheKey }) => ({
    ruleId: check,
    level: sarifLevels[level],
    message: { text: `${object}: ${detail}` },
    locations: [{ logicalLocations: [{ fullyQualifiedName: object }] }],
    partialFingerprints: { rowhouse: cacheKey },
  }));
  const run = { tool: { driver: { name: "rowhouse doctor", rules } }, results };
  return JSON.stringify(
    { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] },
    undefined,
    2,
  );
}

/** One test case a finding; what could not be checked is skipped, never passed. */
function renderJunit({ findings, inconclusive, summary }: Report): string {
  const failures = findings.map(
    ({ check, name, object, detail, level }) =>
      `  <testcase classname="${check} ${xml(name)}" name="${xml(object)}"><failure type="${level}" message="${xml(detail)}"/></testcase>`,
  );
  const skipped = inconclusive.map(
    ({ check, name, reason }) =>
      `  <testcase classname="${check}" name="${xml(name)}"><skipped message="${xml(reason)}"/></testcase>`,
  );
  const counts = `tests="${Math.max(summary.checks, failures.length + skipped.length)}" failures="${failures.length}" skipped="${skipped.length}"`;
  return [`<testsuite name="rowhouse doctor" ${counts}>`, ...failures, ...skipped, "</testsuite>"].join("\n");
}

function xml(given: string): string {
  return given
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\p{Cc}]/gu, " ");
}
