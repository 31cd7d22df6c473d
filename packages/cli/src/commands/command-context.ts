import type { Ask } from "../ask-at-terminal.ts";
import type { CliSettings } from "../settings.ts";

/** What a command gets from the program. */
export interface CommandContext {
  readonly settings: CliSettings;
  readonly print: (text: string) => void;
  /** How far it is, 0 to 1, and with what: for whoever watches. */
  readonly report: (share: number, doing: string) => void;
  /** `undefined` where nobody can be asked. */
  readonly ask: Ask | undefined;
  /** The command did its work and found something wrong. */
  readonly fail: () => void;
}
