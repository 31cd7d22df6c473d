import type { CliSettings } from "../settings.ts";

/** What a command gets from the program. */
export interface CommandContext {
  readonly settings: CliSettings;
  readonly print: (text: string) => void;
  /** The command did its work and found something wrong. */
  readonly fail: () => void;
}
