import { findPersonAtTerminal } from "./ask-at-terminal.ts";
import { runProgram } from "./run-program.ts";
import { readSettings } from "./settings.ts";

process.exitCode = await runProgram(process.argv.slice(2), {
  settings: readSettings(),
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(text),
  ask: findPersonAtTerminal(),
});
