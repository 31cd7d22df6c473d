import { readFile, writeFile } from "node:fs/promises";
import { RowhouseError } from "rowhouse";
import { reasonOf } from "../reason-of.ts";

/** What a file of findings holds that somebody has looked at and lives with. */
interface Baseline {
  readonly known: readonly string[];
}

/** @throws RowhouseError INVALID_INPUT when the file cannot be read, or is none that `--write-baseline` wrote */
export async function readBaseline(file: string): Promise<ReadonlySet<string>> {
  const content = await readFile(file, "utf8").catch((error: unknown) => {
    throw new RowhouseError(
      "INVALID_INPUT",
      `The baseline could not be read: ${reasonOf(error)}. --write-baseline writes one.`,
    );
  });
  const baseline = parse(content);
  if (baseline === undefined)
    throw new RowhouseError("INVALID_INPUT", `${file} is no baseline: expected JSON as --write-baseline writes it.`);
  return new Set(baseline.known);
}

/** @throws RowhouseError INVALID_INPUT when the file cannot be written */
export async function writeBaseline(file: string, findings: readonly { readonly cacheKey: string }[]): Promise<void> {
  const baseline: Baseline = { known: findings.map(({ cacheKey }) => cacheKey).sort() };
  await writeFile(file, `${JSON.stringify(baseline, undefined, 2)}\n`).catch((error: unknown) => {
    throw new RowhouseError("INVALID_INPUT", `The baseline could not be written: ${reasonOf(error)}.`);
  });
}

function parse(content: string): Baseline | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return isBaseline(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isBaseline(value: unknown): value is Baseline {
  if (typeof value !== "object" || value === null || !("known" in value)) return false;
  return Array.isArray(value.known) && value.known.every((key) => typeof key === "string");
}
