import { randomBytes } from "node:crypto";
import { chmod, mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import { StartError } from "./start-error.ts";

/** Makes the folder that keeps what must survive a restart. @throws StartError when it cannot be written */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const probe = path.join(folder, ".writable");
    await (await open(probe, "w")).close();
    // The embedded Postgres may run as another user, who must be able to pass.
    await chmod(folder, 0o711);
  } catch (error) {
    throw new StartError(`The folder ${folder} cannot be written. Give yourself the right to, or set ROWHOUSE_DATA to another folder.`, {
      cause: error,
    });
  }
}

/** Text that is made once at random and then kept, readable by its owner alone. */
export async function keepRandom(folder: string, name: string, make: () => string = randomText): Promise<string> {
  const file = path.join(folder, name);
  try {
    const handle = await open(file, "wx", 0o600);
    try {
      await handle.writeFile(make());
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw new StartError(`The file ${file} cannot be written.`, { cause: error });
  }
  const text = (await readFile(file, "utf8")).trim();
  if (text.length < 16) throw new StartError(`The file ${file} is damaged. Delete it; a new one is made with the next start.`);
  return text;
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function randomText(): string {
  return randomBytes(32).toString("base64url");
}
