import { findPersonAtTerminal } from "./ask-at-terminal.ts";
import { runProgram } from "./run-program.ts";
import { readSettings } from "./settings.ts";
import { showProgress } from "./show-progress.ts";

const progress = showProgress({
  write: (text) => void process.stderr.write(text),
  columns: process.stderr.isTTY ? process.stderr.columns : undefined,
  now: () => performance.now(),
});

process.exitCode = await runProgram(process.argv.slice(2), {
  settings: readSettings(),
  print: (text) => {
    progress.clear();
    process.stdout.write(`${text}\n`);
  },
  complain: (text) => {
    progress.clear();
    process.stderr.write(text);
  },
  report: progress.report,
  ask: findPersonAtTerminal(),
});
