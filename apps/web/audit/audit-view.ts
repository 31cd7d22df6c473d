import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

/** How the audit log is looked at: what the address says, checked. Empty text does not narrow. */
export interface AuditView {
  readonly search: string;
  readonly actor: string;
  /** A noun, as `member`: all of its actions. */
  readonly noun: string;
  /** Days as `2026-01-31`, both taken in whole. */
  readonly from: string;
  readonly to: string;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** What an organization's events are about, in the order of the choice. */
export const auditNouns = [
  "organization",
  "member",
  "invitation",
  "join-request",
  "service-account",
  "api-key",
  "domain",
  "setting",
  "project",
  "task",
  "audit",
] as const;

export type AuditNoun = (typeof auditNouns)[number];

/** Reads a view from search parameters; what is not understood is left out, so that no address of the log breaks. */
export function parseAuditView(parameters: Record<string, string | string[] | undefined>): AuditView {
  const noun = firstParameter(parameters.action);
  return {
    search: textOf(parameters.q),
    actor: textOf(parameters.actor),
    noun: auditNouns.find((known) => known === noun) ?? "",
    from: dayOf(parameters.from),
    to: dayOf(parameters.to),
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

export function isNarrowed(view: AuditView): boolean {
  return [view.search, view.actor, view.noun, view.from, view.to].some((value) => value !== "");
}

/** A link to the same view at another cursor, or to its export. */
export function auditViewHref(path: string, view: AuditView, further: Record<string, string>): string {
  const { search, actor, noun, from, to } = view;
  return listHref(path, { q: search, actor, action: noun, from, to, ...further });
}

function textOf(value: string | string[] | undefined): string {
  return (firstParameter(value) ?? "").replaceAll("\0", "").trim().slice(0, 200);
}

function dayOf(value: string | string[] | undefined): string {
  const text = firstParameter(value) ?? "";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return "";
  const date = new Date(text);
  // 31 February becomes a day of March, or none.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : "";
}
