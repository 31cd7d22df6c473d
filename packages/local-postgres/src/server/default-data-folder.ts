import { createHash } from "node:crypto";
import { access, constants, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LocalPostgresError } from "./local-postgres-error.ts";
import { chooseServerIdentity, findBlockingFolder, findStats } from "./server-identity.ts";

/**
 * The folder for a project's own database: `<projectRoot>/.rowhouse/postgres` where the server can work there, otherwise a
 * folder below the machine's temporary one, keyed by the project and the user, so that the next run finds the same data.
 */
export async function defaultDataFolder(projectRoot: string): Promise<string> {
  const root = await realpath(projectRoot);
  const inProject = path.join(root, ".rowhouse", "postgres");
  if (await isUsable(inProject)) return inProject;
  const key = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const user = process.getuid?.();
  const elsewhere = path.join(await temporaryFolder(), `rowhouse-${user ?? "user"}-${key}`, "postgres");
  await assertOwn(path.dirname(elsewhere), user);
  return elsewhere;
}

async function isUsable(folder: string): Promise<boolean> {
  const identity = await chooseServerIdentity(path.join(folder, "cluster"));
  if (identity !== undefined && (await findBlockingFolder(folder, identity)) !== undefined) return false;
  let nearest = folder;
  while ((await findStats(nearest)) === undefined) nearest = path.dirname(nearest);
  try {
    await access(nearest, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    // Why it is not writable does not matter here: the caller takes the other folder.
    return false;
  }
}

/** /var/tmp outlives a restart of the machine. */
async function temporaryFolder(): Promise<string> {
  if (process.platform === "win32") return tmpdir();
  try {
    await access("/var/tmp", constants.W_OK | constants.X_OK);
    return "/var/tmp";
  } catch {
    // Not there, or not ours to write: the per-user folder is.
    return tmpdir();
  }
}

/** In a folder that everyone may write to, somebody else may have put a trap under our name. */
async function assertOwn(folder: string, user: number | undefined): Promise<void> {
  const stats = await findStats(folder);
  if (stats === undefined || user === undefined || stats.uid === user) return;
  throw new LocalPostgresError(
    "FOLDER_NOT_WRITABLE",
    `The database's folder ${folder} belongs to user ${stats.uid}, not to you (${user}). Remove it or choose another folder.`,
  );
}
