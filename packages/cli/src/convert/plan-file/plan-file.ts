import { readFile, writeFile } from "node:fs/promises";
import { RowhouseError } from "rowhouse";
import { reasonOf } from "../../reason-of.ts";
import type { Plan } from "../plan.ts";
import { openQuestions } from "./apply-answers.ts";
import { parsePlan } from "./parse-plan.ts";
import { renderPlanFile } from "./render-plan-file.ts";

/** @throws RowhouseError INVALID_INPUT where the file cannot be written, or would be refused when it is read, as for an address in it */
export async function writePlan(file: string, plan: Plan): Promise<void> {
  const written = renderPlanFile(plan);
  parsePlan(written, file);
  await writeFile(file, written).catch((error: unknown) => {
    throw new RowhouseError("INVALID_INPUT", `The plan could not be written to ${file}: ${reasonOf(error)}.`, {
      cause: error,
    });
  });
}

/**
 * Reads a plan back, as a person has edited and answered it.
 *
 * @throws RowhouseError INVALID_INPUT that names the line and the key
 */
export async function readPlan(file: string): Promise<Plan> {
  const source = await readFile(file, "utf8").catch((error: unknown) => {
    throw new RowhouseError(
      "INVALID_INPUT",
      `The plan could not be read: ${reasonOf(error)}. Make one with rowhouse convert plan --out ${file}.`,
      { cause: error },
    );
  });
  return parsePlan(source, file);
}

/** @throws RowhouseError INVALID_INPUT naming the questions that nobody has answered */
export function assertAnswered(plan: Plan, file: string): void {
  const open = openQuestions(plan);
  if (open.length === 0) return;
  const list = open.map(({ id, choices }) => `  ${id}: ${choices.join(" | ")}`).join("\n");
  throw new RowhouseError(
    "INVALID_INPUT",
    `${file} has ${open.length} ${open.length === 1 ? "question" : "questions"} without an answer:\n${list}`,
  );
}
