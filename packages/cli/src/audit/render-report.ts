import type { ChainProblem } from "rowhouse";
import type { AuditReport } from "./verify-audit.ts";

export function renderJson(report: AuditReport): string {
  return JSON.stringify(report, undefined, 2);
}

/** A line an organization, and one that sums up. */
export function renderText({ organizations }: AuditReport): string {
  const broken = organizations.filter(({ ok }) => !ok).length;
  const lines = organizations.map((organization) =>
    organization.ok
      ? `${organization.slug}: ok, ${plural(organization.events, "event")}, head ${organization.head || "none"}`
      : `${organization.slug}: BROKEN at event ${organization.sequence}: ${sentences[organization.problem]}`,
  );
  const sum = `${plural(organizations.length, "organization")}, ${broken === 0 ? "every chain is whole" : `${broken} broken`}.`;
  return [...lines, sum].join("\n");
}

const sentences: Readonly<Record<ChainProblem, string>> = {
  edited: "it is not what was written there (edited)",
  missing: "it is not there (missing)",
  reordered: "it was written at another place (reordered)",
  "head-mismatch": "the chain is not the one that its head, or the expected head, belongs to (head-mismatch)",
};

function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
