import type { Node } from "libpg-query";
import type { Expression } from "../expression/parse-expression.ts";
import { evaluate, type Situation } from "../expression/evaluate.ts";
import { and, foreign, isFalse, isNull, isTrue, own, text, type Value } from "../expression/value.ts";
import type { Policy } from "./read-policies.ts";
import type { Subject } from "./subject.ts";

/** Whether a condition lets a row through: never, as a table or function decides, as a setting is set, for some rows, or always. */
export type Verdict = "never" | "undecided" | "switched" | "sometimes" | "always";

export type Verb = "select" | "insert" | "update" | "delete";

/** Tenants against rows: what a check asks a policy about. */
export interface Question {
  /** Whose row it is; `null` for a row of nobody. */
  readonly row: "foreign" | "nobody";
  /** What the transaction's tenant is: one, none on a fresh connection, or none on a used one. */
  readonly context: "own" | "unset" | "emptied";
}

/** Understands what the policies of tenant tables let through. */
export class PolicyJudge {
  readonly #subject: Subject;
  readonly #functions: Situation["functions"];
  readonly #floors: ReadonlyMap<string, readonly Policy[]>;
  readonly #answers: Readonly<Record<`${Question["row"]} ${Question["context"]}`, WeakMap<Node, Value>>> = {
    "foreign own": new WeakMap(),
    "foreign unset": new WeakMap(),
    "foreign emptied": new WeakMap(),
    "nobody own": new WeakMap(),
    "nobody unset": new WeakMap(),
    "nobody emptied": new WeakMap(),
  };

  constructor(subject: Subject, policies: readonly Policy[], functions: Situation["functions"]) {
    this.#subject = subject;
    this.#functions = functions;
    this.#floors = groupByTable(policies.filter(({ permissive, applies }) => !permissive && applies));
  }

  /** What one clause says, restrictive policies left aside. */
  alone(clause: Policy["using"], question: Question): Verdict {
    return toVerdict(this.#value(clause, question));
  }

  /** Whether evaluating the clause raises an error. */
  fails(clause: Policy["using"], question: Question): boolean {
    return this.#value(clause, question).kind === "error";
  }

  /** What a permissive policy's clause lets through once the restrictive policies of its table have had their say. */
  behindFloor(policy: Policy, clause: "using" | "check", { verb, ...question }: Question & { verb: Verb }): Verdict {
    const floors = (this.#floors.get(policy.tableId) ?? []).filter((floor) => concerns(floor, verb));
    return toVerdict(
      and([
        this.#value(clauseOf(policy, clause), question),
        ...floors.map((floor) => this.#value(clauseOf(floor, clause) ?? floor.using, question, isTrue)),
      ]),
    );
  }

  /** Several checks ask the same of the same condition, and most tables have the same one. */
  #value(clause: Policy["using"], question: Question, missing: Value = isFalse): Value {
    if (clause === null) return missing;
    const answers = this.#answers[`${question.row} ${question.context}`];
    const before = answers.get(clause.node);
    if (before !== undefined) return before;
    const value = this.#evaluate(clause, question);
    answers.set(clause.node, value);
    return value;
  }

  #evaluate(clause: Expression, { row, context }: Question): Value {
    const { tenantColumn, contextSettings } = this.#subject;
    return evaluate(clause.node, {
      tenantColumn,
      contextSettings,
      functions: this.#functions,
      row: row === "foreign" ? foreign : isNull,
      context: context === "own" ? own : context === "unset" ? isNull : text(""),
    });
  }
}

/** The condition on rows as they are (`using`), or as they will be (`check`; without one it is the former). */
export function clauseOf({ using, check, command }: Policy, clause: "using" | "check"): Policy["using"] {
  if (clause === "using") return using;
  return check ?? (command === "insert" ? null : using);
}

export function concerns({ command }: Policy, verb: Verb): boolean {
  return command === "all" || command === verb;
}

export function groupByTable(policies: readonly Policy[]): ReadonlyMap<string, readonly Policy[]> {
  const tables = new Map<string, Policy[]>();
  for (const policy of policies) {
    const others = tables.get(policy.tableId);
    if (others === undefined) tables.set(policy.tableId, [policy]);
    else others.push(policy);
  }
  return tables;
}

function toVerdict(value: Value): Verdict {
  if (value === isTrue) return "always";
  if (value.kind === "free") return "sometimes";
  if (value.kind === "switch") return "switched";
  return value.kind === "opaque" || value.kind === "chosen" ? "undecided" : "never";
}
