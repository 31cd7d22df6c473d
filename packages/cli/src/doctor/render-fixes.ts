import { fixSteps } from "./check-page.ts";
import type { Check } from "./load-checks.ts";
import type { Finding, Report } from "./report.ts";

/**
 * The fixes of a report as one script, in an order in which each can be applied. It is printed and never run: a person reads it first.
 */
export function renderFixes(report: Report, checks: readonly Check[]): string {
  const pages = new Map(checks.map((check) => [check.code, check]));
  const left = report.findings.filter(({ fix }) => fix === null);
  const parts = fixSteps.flatMap((step) => {
    const findings = report.findings.filter(({ check, fix }) => fix !== null && pages.get(check)?.step === step);
    return findings.length === 0
      ? []
      : [`-- ${step}\n`, ...dedupe(findings).map((finding) => renderFix(finding, pages))];
  });
  return [
    "-- Read it, and try it on a copy, before it is run on a database that serves. Statements are one by one on purpose: CONCURRENTLY runs in no transaction.",
    "-- Run the doctor again afterwards: it says what is left.",
    "-- set lock_timeout = '2s';  -- rather fail and repeat than queue up everybody behind a lock",
    "",
    ...parts,
    ...(left.length === 0
      ? []
      : [
          "-- For a person to decide:",
          ...left.map(({ check, object, detail }) => `--   ${check} ${object}: ${oneLine(detail)}`),
          "",
        ]),
  ].join("\n");
}

/** Two findings may ask for the same statement, as two policies of a table for its floor. */
function dedupe(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ fix }) => {
    if (fix === null || seen.has(fix)) return false;
    seen.add(fix);
    return true;
  });
}

function renderFix({ check, object, detail, fix }: Finding, pages: ReadonlyMap<string, Check>): string {
  const lock = pages.get(check)?.lock ?? "none";
  const locks = lock === "none" ? "locks no table" : `takes ${lock}`;
  return `-- ${check} ${object}: ${oneLine(detail)} (${locks})\n${fix ?? ""};\n`;
}

/** A detail quotes names of the database, which must not end the comment. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
