import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { isCode } from "./data-folder.ts";

/** What this data folder knows of the demo in a database: whose sign-ins to print, and whether a seed was cut short. */
export type DemoState = "none" | "unfinished" | "whole";

export async function readDemoState(folder: string, database: string): Promise<DemoState> {
  const [state, ...name] = (await readIfPresent(path.join(folder, "demo-state"))).trim().split(" ");
  if (name.join(" ") !== database) return "none";
  return state === "unfinished" || state === "whole" ? state : "none";
}

export async function writeDemoState(folder: string, database: string, state: DemoState): Promise<void> {
  const file = path.join(folder, "demo-state");
  await writeFile(`${file}.${process.pid}`, `${state} ${database}\n`);
  await rename(`${file}.${process.pid}`, file);
}

async function readIfPresent(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return "";
    throw error;
  }
}
