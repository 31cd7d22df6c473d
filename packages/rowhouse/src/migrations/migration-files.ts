import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { RowhouseError } from "../errors.ts";
import { quoteIdentifier } from "../database/identifier.ts";
import type { RoleNames } from "../settings.ts";

export interface Migration {
  /** The file's name without its ending, as `0001-organizations`. */
  readonly name: string;
  /** What its first line says after `-- risk:`. */
  readonly risk: string;
  readonly sql: string;
  /** Of the file as written, before names are filled in. */
  readonly sha256: string;
}

const fileName = /^\d{4}(-[a-z0-9]+)+\.sql$/;

/**
 * Reads the numbered `.sql` files of a folder, in order. `{{owner}}`, `{{runtime}}`, `{{identity}}` and `{{operator}}`
 * become the quoted names of the roles.
 *
 * @throws RowhouseError MIGRATION_FAILED for a name out of form or order, a missing risk line, an unknown placeholder.
 */
export async function readMigrations(folder: string, roles: RoleNames): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(names.map((name, index) => readMigration(folder, { name, index, roles })));
}

async function readMigration(
  folder: string,
  { name, index, roles }: { name: string; index: number; roles: RoleNames },
): Promise<Migration> {
  if (!fileName.test(name) || Number(name.slice(0, 4)) !== index + 1) {
    throw failed(
      `${name} is not the expected file number ${String(index + 1).padStart(4, "0")}; names are 0001-what-it-does.sql.`,
    );
  }
  const text = await readFile(path.join(folder, name), "utf8");
  const risk = /^-- risk: (.+)$/m.exec(text.slice(0, text.indexOf("\n") + 1))?.[1];
  if (risk === undefined) throw failed(`${name} does not state its risk in its first line, as "-- risk: none".`);
  const sql = text.replace(/\{\{(\w+)\}\}/g, (_match: string, placeholder: string) => fillIn(placeholder, name, roles));
  return { name: name.slice(0, -4), risk, sql, sha256: createHash("sha256").update(text).digest("hex") };
}

function fillIn(placeholder: string, file: string, roles: RoleNames): string {
  const known = new Map<string, string>(Object.entries(roles));
  const role = known.get(placeholder);
  if (role === undefined) throw failed(`${file} has {{${placeholder}}}; known are ${[...known.keys()].join(", ")}.`);
  return quoteIdentifier(role);
}

function failed(message: string): RowhouseError {
  return new RowhouseError("MIGRATION_FAILED", message);
}
