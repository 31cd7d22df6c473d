import { assertSameTables, convertedTables } from "../orm/converted-tables.ts";
import type { SourceFile } from "../orm/source-error.ts";
import { applyEdits, type TextEdit } from "../orm/text-edit.ts";
import type { Plan } from "../plan.ts";
import { drizzleTables, type Casing } from "./drizzle-tables.ts";
import { parseDeclarations } from "./parse-declarations.ts";
import { planTableEdits, type DrizzleImport } from "./plan-table-edits.ts";

/** The schema of the converted database. */
export interface RewrittenDrizzle {
  readonly files: readonly SourceFile[];
  /** Names of the tables' constants that changed. */
  readonly changed: readonly string[];
  /** What a person has to write, a line each: where, and what. */
  readonly byHand: readonly string[];
}

/**
 * Pure. Adds the organization to each table that was converted, with the keys that begin with it; all else stays byte for byte. What is written
 * in a way that no edit is safe in is told instead of guessed.
 *
 * @throws RowhouseError INVALID_INPUT when the schema and the plan have no table in common
 */
export function rewriteDrizzleSchema(files: readonly SourceFile[], plan: Plan, casing: Casing): RewrittenDrizzle {
  const tables = drizzleTables(files.flatMap(parseDeclarations), casing);
  assertSameTables(plan, new Set(tables.map(({ table }) => table)));
  const [changed, byHand]: [string[], string[]] = [[], []];
  const edits = new Map<SourceFile, TextEdit[]>();
  const imports = new Map<SourceFile, DrizzleImport[]>();
  const converted = convertedTables(plan);
  const wanting = new Set(converted.keys());
  for (const drizzle of tables) {
    const table = converted.get(drizzle.table);
    if (table === undefined) continue;
    wanting.delete(drizzle.table);
    const planned = planTableEdits(drizzle, plan, table);
    byHand.push(...planned.byHand);
    if (planned.edits.length === 0) continue;
    changed.push(drizzle.declaration.name);
    edits.set(drizzle.file, [...(edits.get(drizzle.file) ?? []), ...planned.edits]);
    imports.set(drizzle.file, [...(imports.get(drizzle.file) ?? []), ...planned.imports]);
  }
  for (const table of wanting)
    byHand.push(`${table} is not in the schema: what reads it must name the organization itself`);
  const rewritten = files.map((file) => {
    const more = importEdits(file, imports.get(file) ?? []);
    byHand.push(...more.byHand);
    return { path: file.path, text: applyEdits(file.text, [...more.edits, ...(edits.get(file) ?? [])]) };
  });
  return { files: rewritten, changed, byHand };
}

/** Into the import that there is; `sql` may get a line of its own. */
function importEdits(
  file: SourceFile,
  wanted: readonly DrizzleImport[],
): { edits: readonly TextEdit[]; byHand: readonly string[] } {
  const [edits, byHand]: [TextEdit[], string[]] = [[], []];
  const { text } = file;
  for (const from of ["drizzle-orm", "drizzle-orm/pg-core"] as const) {
    const names = [...new Set(wanted.filter((each) => each.from === from).map(({ name }) => name))];
    const found = new RegExp(`^import\\s*\\{([^}]*)\\}\\s*from\\s*["']${from}["']`, "m").exec(text);
    const present = new Set((found?.[1] ?? "").split(",").map((name) => name.trim()));
    const missing = names.filter((name) => !present.has(name));
    if (missing.length === 0) continue;
    const line = `import { ${missing.join(", ")} } from "${from}"`;
    if (found === null) {
      const first = /^import\s/m.exec(text)?.index;
      if (first === undefined) byHand.push(`${file.path}:1: ${line}`);
      else edits.push({ start: first, end: first, text: `${line};${text.includes("\r\n") ? "\r\n" : "\n"}` });
      continue;
    }
    const inside = found.index + found[0].indexOf("{") + 1 + (found[1] ?? "").replace(/,?\s*$/, "").length;
    edits.push({ start: inside, end: inside, text: `, ${missing.join(", ")}` });
  }
  return { edits, byHand };
}
