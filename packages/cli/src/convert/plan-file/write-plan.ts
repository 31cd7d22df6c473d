import { writeFile } from "node:fs/promises";
import type { Plan } from "../plan.ts";
export async function writePlan(file: string, plan: Plan): Promise<void> {
  await writeFile(file, JSON.stringify(plan));
}
