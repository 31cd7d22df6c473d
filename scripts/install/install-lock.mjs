import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const heartbeatMs = 2_000;
// Longer than any install that lost its parent; it only decides when another program has got a dead holder's number.
const silentMs = 600_000;
const pollMs = 250;

/**
 * Takes the right to change node_modules, waiting while another process has it. A holder that died is replaced,
 * but only once the npm that it had started is gone too: an orphaned npm still writes.
 *
 * The lock is beside node_modules, not in it, because `npm ci` empties that folder.
 *
 * @param {string} root
 * @param {{ onWait?: (pid: number) => void }} [options] `onWait` is called once, with the number of the holder
 * @returns {Promise<{ include(pid: number): void, release(): void }>}
 */
export async function takeInstallLock(root, { onWait } = {}) {
  const folder = join(root, ".rowhouse");
  const file = join(folder, "install.lock");
  mkdirSync(folder, { recursive: true });
  let told = false;
  while (!createWhole(file, [process.pid])) {
    const holder = readHolder(file);
    if (holder !== undefined && !isHeld(holder)) {
      removeStale(file, holder);
    } else if (holder !== undefined) {
      if (!told) onWait?.(holder.pids[0]);
      told = true;
    }
    await sleep(pollMs);
  }
  return holdLock(file);
}

function holdLock(file) {
  const beat = setInterval(() => {
    if (existsSync(file)) utimesSync(file, new Date(), new Date());
  }, heartbeatMs);
  beat.unref();
  return {
    include: (pid) => {
      writeFileSync(`${file}.${process.pid}`, `${process.pid} ${pid}\n`);
      renameSync(`${file}.${process.pid}`, file);
    },
    release: () => {
      clearInterval(beat);
      rmSync(file, { force: true });
    },
  };
}

/** A hard link appears with its content or not at all, so nobody ever reads a lock without a number in it. */
function createWhole(file, pids) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${pids.join(" ")}\n`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(file) {
  try {
    const pids = readFileSync(file, "utf8").trim().split(" ").map(Number);
    return { pids, beatAt: statSync(file).mtimeMs };
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isHeld({ pids, beatAt }) {
  return Date.now() - beatAt < silentMs && pids.some(isAlive);
}

function isAlive(pid) {
  // Our own number in a lock that we do not hold was another's: containers hand out the same numbers again.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** A container without an init keeps the dead in its process table, where they still answer to a signal. */
function isZombie(pid) {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && /\) Z /.test(readFileSync(stat, "utf8"));
}

/**
 * Of several that see the same dead holder only one may remove its lock, else the second would remove the lock
 * that the first has just taken. The right to remove is a file of its own, held for a moment.
 */
function removeStale(file, seen) {
  const guard = `${file}.removing`;
  if (!createWhole(guard, [process.pid])) {
    const other = readHolder(guard);
    if (other !== undefined && !isHeld(other)) rmSync(guard, { force: true });
    return;
  }
  try {
    const now = readHolder(file);
    if (now !== undefined && now.pids.join() === seen.pids.join() && !isHeld(now)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}
