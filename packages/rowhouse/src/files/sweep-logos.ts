import { validate as isUuid, version } from "uuid";
import type { Operator } from "../operator/operate.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { FileStore } from "./file-store.ts";

const dayMs = 24 * 3600 * 1000;
const batchSize = 1000;

/** One look into the database as an operator, as `(work) => tenancy.operate({ operator, reason }, work)`. */
export type Operate = <T>(work: (operator: Operator<ControlPlane>) => Promise<T>) => Promise<T>;

/**
 * Deletes the logos that no organization has: of uploads that were broken off, of deletions that failed, of organizations that
 * are gone. A logo is stored before its organization points to it, so one of the last 24 hours stays, whatever points to it. Files that
 * are no logos are nobody's business here. Gives back how many went; killed in between, the next run does the rest.
 *
 * @throws RowhouseError FILES_UNREACHABLE
 */
export async function sweepLogos(store: FileStore, operate: Operate): Promise<number> {
  const newest = Date.now() - dayMs;
  let swept = 0;
  let batch: string[] = [];
  const sweep = async (): Promise<void> => {
    const used = await operate((operator) => findUsed(operator, batch));
    for (const key of batch.filter((one) => !used.has(one))) {
      await store.delete(key);
      swept += 1;
    }
    batch = [];
  };
  for await (const key of store.list()) {
    if ((storedAt(key) ?? Infinity) >= newest) continue;
    batch.push(key);
    if (batch.length === batchSize) await sweep();
  }
  if (batch.length > 0) await sweep();
  return swept;
}

async function findUsed(
  operator: Operator<ControlPlane>,
  keys: readonly string[],
): Promise<ReadonlySet<string | null>> {
  const query = operator.acrossTenants.selectFrom("rowhouse.organizations").select("logoKey");
  const rows = await query.where("logoKey", "in", keys).execute();
  return new Set(rows.map(({ logoKey }) => logoKey));
}

/** A logo's name is a uuid of version 7, which begins with the milliseconds at which it was made. */
function storedAt(key: string): number | undefined {
  const [, folder, name = "", ...more] = key.split("/");
  const id = name.replace(/\.webp$/, "");
  if (folder !== "logos" || more.length > 0 || id === name || !isUuid(id) || version(id) !== 7) return undefined;
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}
