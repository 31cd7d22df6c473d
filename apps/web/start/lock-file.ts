import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isCode } from "./data-folder.ts";

/** Who holds a lock, and what it says of itself. */
export interface LockHolder {
  readonly pid: number;
  /** Tells a process from a later one with the same number. */
  readonly mark: string;
  readonly note: string;
}

export interface LockFile {
  /** The last holder was killed before it could put anything away. */
  readonly isRecovered: boolean;
  /** Replaces what others read of this holder. */
  readonly write: (note: string) => void;
  /** Also done when the process ends in order. A killed one leaves a file that the next taker sees through. */
  readonly release: () => void;
}

export type LockAttempt =
  { readonly state: "taken"; readonly lock: LockFile } | { readonly state: "held"; readonly holder: LockHolder };

/** Takes a lock or says who has it; never waits. One file a lock, with the process that holds it in it. */
export function tryLockFile(file: string, note: string): LockAttempt {
  const mine = { pid: process.pid, mark: findMark(process.pid) ?? "" };
  for (let isRecovered = false; ; isRecovered = true) {
    if (createWhole(file, { ...mine, note })) return { state: "taken", lock: holdLock(file, mine, isRecovered) };
    const holder = readHolder(file);
    if (holder !== undefined && isHeld(holder)) return { state: "held", holder };
    removeStale(file, holder);
  }
}

function holdLock(file: string, mine: Omit<LockHolder, "note">, isRecovered: boolean): LockFile {
  const release = (): void => {
    process.off("exit", release);
    rmSync(file, { force: true });
  };
  process.once("exit", release);
  const write = (note: string): void => {
    writeFileSync(draftOf(file), JSON.stringify({ ...mine, note }));
    renameSync(draftOf(file), file);
  };
  return { isRecovered, write, release };
}

/** A hard link appears with its content or not at all, so nobody ever reads half a lock. */
function createWhole(file: string, holder: LockHolder): boolean {
  writeFileSync(draftOf(file), JSON.stringify(holder));
  try {
    linkSync(draftOf(file), file);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(draftOf(file), { force: true });
  }
}

function draftOf(file: string): string {
  return `${file}.${process.pid}`;
}

function readHolder(file: string): LockHolder | undefined {
  try {
    const { pid, mark, note } = JSON.parse(readFileSync(file, "utf8")) as Partial<LockHolder>;
    return { pid: Number(pid), mark: String(mark), note: String(note) };
  } catch (error) {
    // Gone meanwhile, or emptied by a crash of the whole machine: nobody holds it.
    if (isCode(error, "ENOENT") || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isHeld({ pid, mark }: LockHolder): boolean {
  return Number.isInteger(pid) && pid > 0 && findMark(pid) === mark;
}

/** Of several that see the same dead holder, one moves its lock away; whoever moves a living one by mistake puts it back. */
function removeStale(file: string, seen: LockHolder | undefined): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = readHolder(aside);
    if (moved !== undefined && (moved.pid !== seen?.pid || moved.mark !== seen.mark)) linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, "ENOENT") && !isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** When a process began; `undefined` when it has ended. */
function findMark(pid: number): string | undefined {
  if (process.platform === "linux") return findMarkInProc(pid);
  if (process.platform === "win32") return isAlive(pid) ? "alive" : undefined;
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "lstart="], { encoding: "utf8" }).trim() || undefined;
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 1) return undefined;
    throw error;
  }
}

function findMarkInProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A container without an init keeps the dead in its table.
    return state === "Z" || state === "X" ? undefined : fields[18];
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ESRCH")) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}
