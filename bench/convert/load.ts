import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface LoadOptions {
  readonly url: string;
  readonly users: number;
  readonly rows: number;
  readonly clients: number;
  /** Statements of all clients together. */
  readonly perSecond: number;
}

/** One statement of the old application. */
export interface LoadSample {
  readonly phase: string;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  readonly failed: boolean;
}

/** A phase from now on, or the end. */
export interface ToLoad {
  readonly phase?: string;
}

export interface FromLoad {
  readonly samples: readonly LoadSample[];
  /** SQLSTATE and message of each statement that failed. */
  readonly failures: readonly string[];
}

/** The old application at work, in a process of its own so that its clock does not wait for ours. */
export interface Load {
  enter(phase: string): void;
  stop(): Promise<FromLoad>;
}

export function startLoad(options: LoadOptions): Load {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const script = fileURLToPath(new URL("load-process.ts", import.meta.url));
  const child = fork(script, [JSON.stringify(options)], { execArgv: ["--import", tsx], serialization: "advanced" });
  const answer = once(child, "message");
  const early = once(child, "exit").then(([code]: unknown[]) => {
    throw new Error(`The load generator ended with code ${String(code)} before it was stopped.`);
  });
  // Raced below; an end after the answer is none of anybody's business.
  early.catch(() => undefined);
  const send = (message: ToLoad): void => void child.send(message);
  return {
    enter: (phase) => send({ phase }),
    stop: async () => {
      send({});
      const [result] = (await Promise.race([answer, early])) as unknown[];
      return result as FromLoad;
    },
  };
}
