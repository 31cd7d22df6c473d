import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { RowhouseError } from "rowhouse";
import { withClient } from "../database/with-throw-away-copy.ts";
import { readStory } from "../convert/report/read-story.ts";
import { renderConversionHtml } from "../convert/report/render-conversion-html.ts";
import { renderConversionText } from "../convert/report/render-conversion-text.ts";
import { reasonOf } from "../reason-of.ts";
import { addConversionFlags, type ConversionFlags } from "./conversion-flags.ts";
import type { CommandContext } from "./command-context.ts";

interface Flags extends ConversionFlags {
  readonly html?: string;
  readonly validate: boolean;
  readonly format: "text" | "json" | "html";
}

export function convertReportCommand({ settings, print }: CommandContext): Command {
  const command = new Command("report").description(
    "Tells what a conversion decided and did, how long it took, what is wrong and what comes next. Reads only.",
  );
  return addConversionFlags(command)
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json", "html"]).default("text"))
    .option("--html <file>", "write the page as well")
    .option("--no-validate", "do not read every converted table to see what is wrong now")
    .exitOverride()
    .action(async (flags: Flags) => {
      const story = await withClient(flags.url ?? settings.databaseUrl, (client) =>
        readStory(client, { validates: flags.validate }),
      );
      if (flags.html !== undefined)
        await writeFile(flags.html, renderConversionHtml(story)).catch((error: unknown) => {
          throw new RowhouseError("INVALID_INPUT", `The file of --html could not be written: ${reasonOf(error)}.`);
        });
      if (flags.format === "json") print(JSON.stringify(story, undefined, 2));
      else print(flags.format === "html" ? renderConversionHtml(story) : renderConversionText(story));
    });
}
