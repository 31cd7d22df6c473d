import type { Ask } from "../ask-at-terminal.ts";
import type { CliSettings } from "../settings.ts";

/** What a command gets from the program. */
export interface CommandContext {
  readonly settings: CliSettings;
  readonly print: (text: string) => void;
  /** `undefined` where nobody can be asked. */
  readonly ask: Ask | undefined;
  /** The command did its work and found something wrong. */
  readonly fail: () => void;
}
