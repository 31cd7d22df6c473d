import { readFileSync } from "node:fs";
import type pg from "pg";
import { checksFolder } from "./checks-folder.ts";
import { levels, type Level } from "./check-page.ts";
import { PolicyJudge } from "./judge-policies.ts";
import { readContextFunctions } from "./read-context-functions.ts";
import { readPolicies, type Policy } from "./read-policies.ts";
import type { Subject } from "./subject.ts";

/** What a check says of one place; the doctor adds what its page says. */
export interface RawFinding {
  /** Where it differs from the page's. */
  readonly level: Level | null;
  readonly object: string;
  /** Tells two findings of one object apart: a policy, a role, an index. */
  readonly about: string;
  readonly detail: string;
  readonly fix: string | null;
}

const columns = "level, object, about, detail, fix";

const prelude = readFileSync(new URL("prelude.sql", checksFolder), "utf8");

/**
 * What the transaction that looks needs. What a check does not name with its schema is the system's: nothing in the database can
 * stand in its place. The parts of the prelude have no statistics, so the planner takes thousands of tables for
 * one and would compare each with each.
 */
export const inspectionSettings =
  "set local search_path = pg_catalog; set local enable_nestloop = off; set local jit = off";

/** One look at a database: every check of a run sees the same state of it, and asks it for more through here. */
export class Inspection {
  readonly subject: Subject;
  readonly #client: pg.ClientBase;
  #policies: Promise<readonly Policy[]> | undefined;
  #judge: Promise<PolicyJudge> | undefined;

  constructor(client: pg.ClientBase, subject: Subject) {
    this.#client = client;
    this.subject = subject;
  }

  /** Runs a check's statement, which reads from the prelude's parts. */
  async findings(statement: string): Promise<RawFinding[]> {
    return (await this.findingsOf([statement])).flat();
  }

  /**
   * Runs the statements of several checks as one, in which the parts of the prelude are computed once for all of them. When one
   * of them fails, all do.
   */
  async findingsOf(statements: readonly string[]): Promise<RawFinding[][]> {
    const parts = statements.map((statement, index) => `check_${index} (${columns}) as (\n${statement}\n)`);
    const answers = statements.map((_, index) => `select ${index} as check, ${columns} from check_${index}`);
    const order = "order by object, about, detail";
    const rows = await this.rows(
      `, ${parts.join(",\n")}\nselect * from (${answers.join("\nunion all\n")}) as answer ${order}`,
    );
    return statements.map((_, index) => rows.filter((row) => row["check"] === index).map(parseRow));
  }

  /** Runs what reads from the prelude's parts: a SELECT, or first more parts behind a comma. */
  async rows(rest: string): Promise<Record<string, unknown>[]> {
    const { appRoles, tenantColumn, organizationsTable, contextSettings } = this.subject;
    const values = [appRoles, tenantColumn, organizationsTable, contextSettings];
    return (await this.#client.query<Record<string, unknown>>(`${prelude}\n${rest}`, values)).rows;
  }

  /** Runs a statement of its own, for what has to be asked of many tables. */
  async ask(statement: string): Promise<Record<string, unknown>[]> {
    return (await this.#client.query<Record<string, unknown>>(statement)).rows;
  }

  /** Every policy, parsed. Read once a run. */
  policies(): Promise<readonly Policy[]> {
    this.#policies ??= readPolicies(this);
    return this.#policies;
  }

  /** Those of tenant tables that concern a role that serves. */
  async tenantPolicies(): Promise<readonly Policy[]> {
    return (await this.policies()).filter(({ onTenantTable, applies }) => onTenantTable && applies);
  }

  /** Tells what policies let through. */
  judge(): Promise<PolicyJudge> {
    this.#judge ??= this.#prepareJudge();
    return this.#judge;
  }

  async #prepareJudge(): Promise<PolicyJudge> {
    return new PolicyJudge(this.subject, await this.policies(), await readContextFunctions(this));
  }
}

function parseRow({ level, object, about, detail, fix }: Record<string, unknown>): RawFinding {
  if (typeof object !== "string" || typeof about !== "string" || typeof detail !== "string")
    throw new TypeError("A check returned a row without object, about or detail.");
  return {
    level: levels.find((each) => each === level) ?? null,
    object,
    about,
    detail,
    fix: typeof fix === "string" ? fix : null,
  };
}
