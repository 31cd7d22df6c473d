import pg from "pg";
import { CannotTell } from "./cannot-tell.ts";
import type { Check } from "./load-checks.ts";
import { Inspection, type RawFinding } from "./inspection.ts";
import type { Finding, Inconclusive, Report } from "./report.ts";
import type { Subject } from "./subject.ts";

export interface DoctorOptions {
  readonly checks: readonly Check[];
  readonly subject: Subject;
  /** The `cacheKey`s of findings that are known and not to be told again. */
  readonly known: ReadonlySet<string>;
}

/**
 * Looks at one database with every check. The client must be in a read-only transaction; a check that fails leaves it as it was
 * and is reported as inconclusive.
 */
export async function runDoctor(client: pg.ClientBase, { checks, subject, known }: DoctorOptions): Promise<Report> {
  const inspection = new Inspection(client, subject);
  const findings: Finding[] = [];
  const inconclusive: Inconclusive[] = [];
  for (const check of checks) {
    await client.query("savepoint looking");
    try {
      findings.push(...(await check.find(inspection)).map((raw) => toFinding(check, raw)));
    } catch (error) {
      // Only what the server says of a statement: a mistake of ours must not pass for a trait of the database.
      if (!(error instanceof pg.DatabaseError || error instanceof CannotTell)) throw error;
      await client.query("rollback to savepoint looking");
      inconclusive.push({ check: check.code, name: check.name, reason: explain(error) });
    }
    await client.query("release savepoint looking");
  }
  const told = findings.filter(({ cacheKey }) => !known.has(cacheKey));
  const count = (level: Finding["level"]): number => told.filter((finding) => finding.level === level).length;
  return {
    subject,
    findings: told,
    inconclusive,
    summary: {
      checks: checks.length,
      error: count("error"),
      warn: count("warn"),
      info: count("info"),
      inconclusive: inconclusive.length,
      known: findings.length - told.length,
    },
  };
}

function toFinding({ code, name, level }: Check, raw: RawFinding): Finding {
  return {
    check: code,
    name,
    level: raw.level ?? level,
    object: raw.object,
    detail: raw.detail,
    fix: raw.fix,
    cacheKey: [code, raw.object, raw.about].join("|"),
  };
}

function explain(error: pg.DatabaseError | CannotTell): string {
  if (error instanceof CannotTell) return error.message;
  const { code, message } = error;
  if (code === "42501") return `The role that looks may not read what this needs: ${message}.`;
  if (code === "57014") return "It took longer than the statement timeout.";
  if (code === "55P03") return "A lock that somebody else holds was in the way.";
  return `Postgres answered ${code ?? "without a code"}: ${message}.`;
}
