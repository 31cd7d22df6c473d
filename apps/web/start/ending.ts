import { StartError } from "./start-error.ts";

const forceAfterMs = 3_000;

/**
 * How this process ends: what was started is put away, last first, whether it is asked to stop, loses its parent or fails.
 */
export class Ending {
  readonly #controller = new AbortController();
  readonly #steps: (() => Promise<void>)[] = [];
  #askedAt = 0;

  /** Fires when somebody wants this to stop. */
  readonly signal: AbortSignal = this.#controller.signal;

  /** Adds what has to be put away from now on. */
  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  /** Listens to Ctrl-C, to the other ways to end a process, and to the end of the process above. */
  listen(onAsked: () => void): void {
    const ask = (): void => {
      if (this.signal.aborted) return this.#force();
      this.#askedAt = Date.now();
      this.#controller.abort(new StartError("It was stopped."));
      onAsked();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
    process.once("disconnect", ask);
    // The channel to the process above is there to notice its end, not to keep this one alive.
    process.channel?.unref();
  }

  async putAway(): Promise<void> {
    for (const step of this.#steps.splice(0)) await step();
  }

  /** One Ctrl-C arrives several times, from the terminal and from the processes above; only a later one means impatience. */
  #force(): void {
    if (Date.now() - this.#askedAt > forceAfterMs) process.exit(1);
  }
}
