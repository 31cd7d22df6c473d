import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { StartError } from "./start-error.ts";

/** Makes the folder that keeps what must survive a restart. @throws StartError when it cannot be written */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeProbe(path.join(folder, `.writable-${process.pid}`));
    // The embedded Postgres may run as another user, who must be able to pass.
    await chmod(folder, 0o711);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** A character is written, not only a name: a full disk still takes names. */
async function writeProbe(probe: string): Promise<void> {
  try {
    const handle = await open(probe, "w");
    try {
      await handle.writeFile("x");
    } finally {
      await handle.close();
    }
  } finally {
    await rm(probe, { force: true });
  }
}

function unwritable(place: string, error: unknown): StartError {
  const advice = isCode(error, "ENOSPC")
    ? "the disk is full. Free some space"
    : `${describeCause(error)}. Give yourself the right to write there`;
  return new StartError(`${place} cannot be written: ${advice}, or set ROWHOUSE_DATA to another folder.`, {
    cause: error,
  });
}

/** Node's message ends with the call and the path, which is said already. */
function describeCause(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, \w+ '.*$/s, "") : String(error);
}

/** Text that is made once at random and then kept, readable by its owner alone. */
export async function keepRandom(folder: string, name: string, make: () => string = randomText): Promise<string> {
  const file = path.join(folder, name);
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, make(), { mode: 0o600 });
    // Unlike writing in place, a kill in the middle leaves no half of it.
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw unwritable(file, error);
  } finally {
    await rm(draft, { force: true });
  }
  const text = (await readFile(file, "utf8")).trim();
  if (text.length < 16)
    throw new StartError(`The file ${file} is damaged. Delete it; a new one is made with the next start.`);
  return text;
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function randomText(): string {
  return randomBytes(32).toString("base64url");
}
