import { Command, CommanderError } from "commander";
import { isRowhouseError } from "rowhouse";
import { auditCommand } from "./commands/audit.ts";
import { readSettings } from "./settings.ts";

const settings = readSettings();

process.exitCode = await main(process.argv.slice(2));

/**
 * Runs one command. This is the one place that prints errors and says how the process ends: 0 all is well, 1 the command
 * found something wrong, 2 it could not do its work.
 */
async function main(given: string[]): Promise<number> {
  let exitCode = 0;
  const context = {
    settings,
    print: (text: string) => void process.stdout.write(`${text}\n`),
    fail: () => void (exitCode = 1),
  };
  const program = new Command("rowhouse")
    .description("Checks a Rowhouse database from outside of the application.")
    .showHelpAfterError("(--help says what there is)")
    .exitOverride();
  program.addCommand(auditCommand(context));
  try {
    await program.parseAsync(given, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has printed its own already; its help is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${describe(error)}\n`);
    return 2;
  }
}

function describe(error: unknown): string {
  if (settings.showStacks && error instanceof Error) return error.stack ?? error.message;
  if (isRowhouseError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
