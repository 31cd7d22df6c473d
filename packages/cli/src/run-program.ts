import { Command, CommanderError } from "commander";
import { isRowhouseError } from "rowhouse";
import type { Ask } from "./ask-at-terminal.ts";
import { auditCommand } from "./commands/audit.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { policiesCommand } from "./commands/policies.ts";
import { proveCommand } from "./commands/prove.ts";
import type { CliSettings } from "./settings.ts";

/** What a run of the program is given, and where it writes. */
export interface Surroundings {
  readonly settings: CliSettings;
  readonly print: (text: string) => void;
  /** To the error output, as it is. */
  readonly complain: (text: string) => void;
  /** Left out where nobody watches. */
  readonly report?: (share: number, doing: string) => void;
  /** Whom a command asks what it cannot find out; left out where nobody sits at a terminal. */
  readonly ask?: Ask | undefined;
}

/**
 * Runs one command. This is the one place that prints errors and says how the process ends: 0 all is well, 1 the command
 * found something wrong, 2 it could not do its work.
 */
export async function runProgram(
  given: readonly string[],
  { settings, print, complain, ask, report = () => undefined }: Surroundings,
): Promise<number> {
  let exitCode = 0;
  const context = { settings, print, ask, report, fail: () => void (exitCode = 1) };
  const program = new Command("rowhouse")
    .description("Checks a multi-tenant database from outside of the application.")
    .showHelpAfterError("(--help says what there is)")
    .exitOverride();
  const commands = [doctorCommand, proveCommand, policiesCommand, auditCommand];
  for (const command of commands.map((make) => make(context))) program.addCommand(command);
  writeTo(program, { print, complain });
  try {
    await program.parseAsync(given, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has printed its own already; its help is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    complain(`${describe(error, settings)}\n`);
    return 2;
  }
}

/** Commander's own words go where ours go; commands do not take that over from the program that they are added to. */
function writeTo(command: Command, { print, complain }: Pick<Surroundings, "print" | "complain">): void {
  command.configureOutput({ writeOut: (text) => print(text.replace(/\n$/, "")), writeErr: complain });
  for (const each of command.commands) writeTo(each, { print, complain });
}

function describe(error: unknown, { showStacks }: CliSettings): string {
  if (showStacks && error instanceof Error) return error.stack ?? error.message;
  if (isRowhouseError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
