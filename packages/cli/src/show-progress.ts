/** Where progress is written to. */
export interface ProgressScreen {
  readonly write: (text: string) => void;
  /** Characters in a line of a terminal; undefined where it is none, as in a file. */
  readonly columns: number | undefined;
  /** Milliseconds. */
  readonly now: () => number;
}

export interface Progress {
  readonly report: (share: number, doing: string) => void;
  /** Before anything else is written. */
  readonly clear: () => void;
}

const barWidth = 20;
const terminalEveryMs = 100;
const lineEveryMs = 5000;

/** On a terminal one line with a bar, written again and again; elsewhere a plain line every few seconds, none for short work. */
export function showProgress({ write, columns, now }: ProgressScreen): Progress {
  let saidAt = columns === undefined ? now() : -Infinity;
  const isDue = (every: number): boolean => {
    if (now() - saidAt < every) return false;
    saidAt = now();
    return true;
  };
  if (columns === undefined)
    return {
      report: (share, doing) => {
        if (isDue(lineEveryMs)) write(`${percent(share)} ${doing}\n`);
      },
      clear: () => undefined,
    };
  return {
    report: (share, doing) => {
      const filled = Math.round(share * barWidth);
      const line = `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${percent(share)} ${doing}`;
      // A line that is wrapped could not be written over.
      if (isDue(terminalEveryMs)) write(`\r\u001b[2K${line.slice(0, columns - 1)}`);
    },
    clear: () => write("\r\u001b[2K"),
  };
}

function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)} %`;
}
