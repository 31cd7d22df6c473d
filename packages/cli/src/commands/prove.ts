import { readFile, writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { withInspection } from "../database/with-inspection.ts";
import { withClient, withThrowAwayCopy } from "../database/with-throw-away-copy.ts";
import { askWhereUnsure } from "../doctor/ask-where-unsure.ts";
import { readBaseline, writeBaseline } from "../doctor/baseline.ts";
import { levels, type Level } from "../doctor/check-page.ts";
import { findSubject } from "../doctor/find-subject.ts";
import { enterBySeal, enterBySetting, enterByStatement, isSealed } from "../prove/open-session.ts";
import { proveDatabase } from "../prove/prove-database.ts";
import { judgeProof, type JudgedProof } from "../prove/report/judge-proof.ts";
import { renderHtml } from "../prove/report/render-html.ts";
import { renderJson } from "../prove/report/render-json.ts";
import { renderText } from "../prove/report/render-text.ts";
import { parseValues } from "../prove/rows/parse-values.ts";
import { reasonOf } from "../reason-of.ts";
import type { CommandContext } from "./command-context.ts";
import { addSubjectFlags, informantOf, type SubjectFlags } from "./subject-flags.ts";

const formats = ["text", "json", "html"] as const;

interface Flags extends SubjectFlags {
  readonly enter?: string;
  readonly values?: string;
  readonly rollback?: boolean;
  readonly format: (typeof formats)[number];
  readonly html?: string;
  readonly minLevel: Level;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

export function proveCommand({ settings, print, ask, report, fail }: CommandContext): Command {
  const command = new Command("prove").description(
    "Makes two organizations in a throw-away copy of a Postgres database and tries everything to reach the one from the other. Ends with 1 unless every attempt was held.",
  );
  return addSubjectFlags(command, "a superuser")
    .option(
      "--enter <file>",
      "SQL that gives a transaction the context of the organization $1, where a setting is not all",
    )
    .option(
      "--values <file>",
      'values for columns that nothing fitting is found for: {"schema.table": {"column": "value"}}',
    )
    .option(
      "--rollback",
      "work in the database itself, in one transaction that is rolled back; its tables are locked meanwhile",
    )
    .addOption(new Option("--format <format>", "how to print").choices([...formats]).default("text"))
    .option("--html <file>", "write the page for a reviewer as well")
    .addOption(
      new Option("--min-level <level>", "the lightest crossings to end with 1 for")
        .choices([...levels])
        .default("warn"),
    )
    .option("--baseline <file>", "crossings and open cells in this file are known")
    .option("--write-baseline <file>", "write what crossed or stayed open to a baseline, and end with 0")
    .exitOverride()
    .action(async (flags: Flags) => {
      const url = flags.url ?? settings.databaseUrl;
      const known = flags.baseline === undefined ? new Set<string>() : await readBaseline(flags.baseline);
      const statement = flags.enter === undefined ? undefined : await readText(flags.enter, "--enter");
      const values =
        flags.values === undefined ? {} : parseValues(await readText(flags.values, "--values"), flags.values);
      const { subject, ...about } = await askWhereUnsure(informantOf(flags, ask), (given) =>
        withInspection(url, async (client) => ({
          ...(await findSubject(client, given)),
          ...(await nameOf(client)),
          isSealed: await isSealed(client),
        })),
      );
      const bySettings = about.isSealed ? enterBySeal(subject) : enterBySetting(subject);
      const enter = statement === undefined ? bySettings : enterByStatement(statement);
      const proof = await (flags.rollback === true ? withClient : withThrowAwayCopy)(url, (client) =>
        proveDatabase(client, { subject, enter, values, progress: report }),
      );
      const judged = judgeProof(proof, { ...about, subject, known, minLevel: flags.minLevel, madeAt: new Date() });
      if (flags.html !== undefined) await writeText(flags.html, renderHtml(judged), "--html");
      if (flags.writeBaseline !== undefined) {
        await writeBaseline(flags.writeBaseline, judged.open);
        return print(`${judged.open.length} cells are known from now on: ${flags.writeBaseline}`);
      }
      print(render(judged, flags.format));
      if (!judged.isProven) fail();
    });
}

async function nameOf(client: pg.ClientBase): Promise<{ database: string; server: string }> {
  const { rows } = await client.query<{ database: string; server: string }>(
    "select current_database() as database, split_part(current_setting('server_version'), ' ', 1) as server",
  );
  return rows[0] ?? { database: "", server: "" };
}

function render(judged: JudgedProof, format: Flags["format"]): string {
  if (format === "json") return renderJson(judged);
  return format === "html" ? renderHtml(judged) : renderText(judged);
}

async function readText(file: string, flag: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    throw new RowhouseError("INVALID_INPUT", `The file of ${flag} could not be read: ${reasonOf(error)}.`);
  });
}

async function writeText(file: string, text: string, flag: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw new RowhouseError("INVALID_INPUT", `The file of ${flag} could not be written: ${reasonOf(error)}.`);
  });
}
