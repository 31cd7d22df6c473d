import type { Command } from "commander";
import type { Ask } from "../ask-at-terminal.ts";
import type { Informant } from "../doctor/ask-where-unsure.ts";

/** What a person says about the database that a command looks at. */
export interface SubjectFlags {
  readonly url?: string;
  readonly appRole?: string[];
  readonly tenantColumn?: string;
  readonly organizationsTable?: string;
  readonly contextSetting?: string;
}

/** Gives a command the options that say which database, and whose tenants are meant. `as` says with which rights it connects. */
export function addSubjectFlags(command: Command, as: string): Command {
  return command
    .option("--url <url>", `as ${as}; by default ROWHOUSE_DATABASE_URL`)
    .option("--app-role <role...>", "the role, or roles, that serve tenants; by default they are found")
    .option("--tenant-column <name>", "the column that says whose a row is; by default it is found")
    .option("--organizations-table <table>", "the table of the tenants; by default it is found")
    .option("--context-setting <name>", "the setting that names the tenant of a transaction; by default it is found");
}

/** A person is asked only where they read the answer: other formats are for machines. */
export function informantOf(flags: SubjectFlags & { readonly format: string }, ask: Ask | undefined): Informant {
  return { given: { ...flags, appRoles: flags.appRole }, ask: flags.format === "text" ? ask : undefined };
}
