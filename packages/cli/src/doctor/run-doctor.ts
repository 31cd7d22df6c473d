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
  const together = new Map(await findTogether(client, inspection, checks));
  for (const check of checks) {
    const found = together.get(check.code) ?? (await attempt(client, () => check.find(inspection)));
    if (found instanceof Error) inconclusive.push({ check: check.code, name: check.name, reason: explain(found) });
    else findings.push(...found.map((raw) => toFinding(check, raw)));
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

/** So many in one statement: enough to share what they read, few enough that one that fails does not cost much. */
const batch = 30;

/** What the checks that are nothing but statements find; a batch of which one fails is left out, to be asked one by one. */
async function findTogether(
  client: pg.ClientBase,
  inspection: Inspection,
  checks: readonly Check[],
): Promise<(readonly [string, readonly RawFinding[]])[]> {
  const asked = checks.flatMap(({ code, statement }) => (statement === null ? [] : [{ code, statement }]));
  const found: (readonly [string, readonly RawFinding[]])[] = [];
  for (let first = 0; first < asked.length; first += batch) {
    const some = asked.slice(first, first + batch);
    const answers = await attempt(client, () => inspection.findingsOf(some.map(({ statement }) => statement)));
    if (!(answers instanceof Error))
      found.push(...some.map(({ code }, index) => [code, answers[index] ?? []] as const));
  }
  return found;
}

type Refusal = pg.DatabaseError | CannotTell;

/** Takes back what a failed look left in the transaction. Only what the server says of a statement is an answer: a mistake of ours is none. */
async function attempt<Found>(
  client: pg.ClientBase,
  look: () => Promise<readonly Found[]>,
): Promise<readonly Found[] | Refusal> {
  await client.query("savepoint looking");
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError || error instanceof CannotTell)) throw error;
    await client.query("rollback to savepoint looking");
    return error;
  } finally {
    await client.query("release savepoint looking");
  }
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

function explain(error: Refusal): string {
  if (error instanceof CannotTell) return error.message;
  const { code, message } = error;
  if (code === "42501") return `The role that looks may not read what this needs: ${message}.`;
  if (code === "57014") return "It took longer than the statement timeout.";
  if (code === "55P03") return "A lock that somebody else holds was in the way.";
  return `Postgres answered ${code ?? "without a code"}: ${message}.`;
}
