import { findPersonAtTerminal } from "./ask-at-terminal.ts";
import { runProgram } from "./run-program.ts";
import { readSettings } from "./settings.ts";

const watched = process.stderr.isTTY;
const line = (text: string): void => void process.stderr.write(`\r\u001b[2K${text}`);

process.exitCode = await runProgram(process.argv.slice(2), {
  settings: readSettings(),
  print: (text) => {
    if (watched) line("");
    process.stdout.write(`${text}\n`);
  },
  complain: (text) => void process.stderr.write(text),
  ...(watched
    ? { report: (share: number, doing: string) => line(`${String(Math.floor(share * 100)).padStart(3)} % ${doing}`) }
    : {}),
  ask: findPersonAtTerminal(),
});
