import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tryLockFile, type LockFile, type LockHolder } from "./lock-file.ts";
import { StartError } from "./start-error.ts";

const stopping = "stopping";
const starting = "starting";
const patienceMs = 70_000;

export interface DataLock {
  /** The last start on this folder was killed: its server may hold the port for a moment longer. */
  readonly isRecovered: boolean;
  readonly sayRunning: (url: string) => void;
  readonly sayStopping: () => void;
  readonly release: () => void;
}

/** One start a data folder. Waits for one that is stopping. @throws StartError when another one runs on it */
export async function takeDataLock(folder: string): Promise<DataLock> {
  const file = path.join(folder, "start.lock");
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const attempt = tryLockFile(file, starting);
    if (attempt.state === "taken") return describe(attempt.lock);
    if (attempt.holder.note !== stopping || Date.now() > deadline) throw inUse(folder, attempt.holder);
    await sleep(100);
  }
}

function describe({ isRecovered, write, release }: LockFile): DataLock {
  return { isRecovered, sayRunning: write, sayStopping: () => write(stopping), release };
}

function inUse(folder: string, { pid, note }: LockHolder): StartError {
  const state = { [stopping]: "is stopping", [starting]: "is starting" }[note] ?? `already runs at ${note}`;
  return new StartError(
    `Rowhouse ${state} with the data in ${folder} (process ${pid}). Use that one or stop it; for a second one set ROWHOUSE_DATA to another folder.`,
  );
}
