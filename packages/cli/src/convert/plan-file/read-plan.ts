import { readFile } from "node:fs/promises";
import { RowhouseError } from "rowhouse";
import { parse } from "yaml";
import { reasonOf } from "../../reason-of.ts";
import type { Plan } from "../plan.ts";

/** @throws RowhouseError INVALID_INPUT for a file that is no plan */
export async function readPlan(file: string): Promise<Plan> {
  try {
    return parse(await readFile(file, "utf8")) as Plan;
  } catch (error) {
    throw new RowhouseError("INVALID_INPUT", `The plan ${file} could not be read: ${reasonOf(error)}.`);
  }
}
