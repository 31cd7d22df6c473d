import { access, chmod, constants, mkdir } from "node:fs/promises";
import path from "node:path";
import { LocalPostgresError } from "./local-postgres-error.ts";
import type { ServerIdentity } from "./server-identity.ts";
import { findBlockingFolder } from "./server-identity.ts";

/** Makes the folder that holds the cluster, and proves that both this process and the server can work in it. */
export async function prepareDataFolder(dataFolder: string, identity: ServerIdentity | undefined): Promise<void> {
  try {
    const firstMade = await mkdir(dataFolder, { recursive: true });
    if (identity !== undefined && firstMade !== undefined) await openToOthers(firstMade, dataFolder);
    await access(dataFolder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new LocalPostgresError(
      "FOLDER_NOT_WRITABLE",
      `Cannot write to the database's folder ${dataFolder} (${reason(cause)}). Make it writable for this user or choose another folder.`,
      { cause },
    );
  }
  if (identity === undefined) return;
  const blocking = await findBlockingFolder(dataFolder, identity);
  if (blocking === undefined) return;
  throw new LocalPostgresError(
    "FOLDER_NOT_TRAVERSABLE",
    `Postgres does not run as root, and user ${identity.uid}, whom it runs as instead, cannot pass ${blocking}. Run "chmod o+x ${blocking}", choose a data folder elsewhere, or run as an ordinary user.`,
  );
}

/** A strict umask of root must not shut the server's user out of folders that we have just made for it. */
async function openToOthers(firstMade: string, dataFolder: string): Promise<void> {
  for (let folder = dataFolder; folder.length >= firstMade.length; folder = path.dirname(folder)) {
    await chmod(folder, 0o755);
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
