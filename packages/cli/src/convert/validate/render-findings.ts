import type { ConversionFinding } from "./conversion-finding.ts";

/** A line for each finding, and below it some of what it speaks of. */
export function renderFindings(findings: readonly ConversionFinding[]): string[] {
  return findings.flatMap(({ rule, table, detail, count, sample }) => [
    `${rule.padEnd(26)} ${table ?? ""}${table === null ? "" : ": "}${detail} (${count.toLocaleString("en")})`,
    ...(sample.length === 0 ? [] : [`${" ".repeat(27)}${sample.join("; ")}`]),
  ]);
}
