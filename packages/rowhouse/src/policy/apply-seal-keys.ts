import type pg from "pg";
import { deriveSealKey, toSealBlocks } from "../database/seal-key.ts";
import { RowhouseError } from "../errors.ts";

/**
 * Secrets whose seals the database takes, the one in use first; each of at least 32 random characters. To rotate without an
 * outage: migrate with the old and the new one, deploy the new one as `database.seal.key`, migrate with the new one alone.
 */
export interface SealKeys {
  readonly keys: readonly string[];
}

/** More than two would only make it likelier that one of them is lost. */
const mostKeys = 2;

/**
 * Writes the keys of sealed contexts, in the caller's transaction. Without `seal` a database stays as it is: that an option was
 * forgotten must not take a protection away.
 *
 * @returns whether contexts are sealed from now on
 * @throws RowhouseError INVALID_SETTINGS for no key, more than two, a short one, or one given twice
 */
export async function applySealKeys(client: pg.Client, seal: SealKeys | "off" | undefined): Promise<boolean> {
  if (seal !== undefined) await writeKeys(client, seal === "off" ? [] : parseKeys(seal.keys));
  const { rows } = await client.query<{ sealed: boolean }>("select exists (select from rowhouse.seal_keys) as sealed");
  return rows[0]?.sealed === true;
}

function parseKeys(secrets: readonly string[]): readonly string[] {
  if (secrets.length >= 1 && secrets.length <= mostKeys && new Set(secrets).size === secrets.length) return secrets;
  throw new RowhouseError(
    "INVALID_SETTINGS",
    `seal.keys takes one secret, or two different ones while they are rotated; ${secrets.length} were given. Use seal: "off" to end sealing.`,
  );
}

async function writeKeys(client: pg.Client, secrets: readonly string[]): Promise<void> {
  const keys = secrets.map(deriveSealKey);
  await client.query("delete from rowhouse.seal_keys where id <> all ($1)", [keys.map(({ id }) => id)]);
  for (const [index, { id, key }] of keys.entries()) {
    const { inner, outer } = toSealBlocks(key);
    await client.query(
      `insert into rowhouse.seal_keys (id, inner_block, outer_block, is_first) values ($1, $2, $3, $4)
       on conflict (id) do update set is_first = excluded.is_first`,
      [id, inner, outer, index === 0],
    );
  }
}
