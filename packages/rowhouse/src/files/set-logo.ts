import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { lockMembers } from "../members/lock-members.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { FileStore } from "./file-store.ts";
import { filesOf } from "./files-of.ts";
import { makeLogo } from "./logo-image.ts";

/**
 * Gives the organization a logo, of a PNG, JPEG or WebP of at most 1 MB.
 *
 * The new file is stored first, then the reference to it changes, then the old file goes: wherever this stops, the reference
 * leads to a file that is there. What can remain is a file that nothing leads to, until {@link sweepLogos}. Call it outside of `tenant.transaction`,
 * whose end it could not wait for.
 *
 * @returns the key of the logo in the store
 * @throws RowhouseError FORBIDDEN, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID_INPUT, FILES_UNREACHABLE
 */
export async function setLogo<DB, P extends string>(
  tenant: Tenant<DB, P | "organization:update">,
  store: FileStore,
  bytes: Uint8Array,
): Promise<{ readonly logoKey: string }> {
  tenant.assertCan("organization:update");
  const files = filesOf(tenant, store);
  const logoKey = `${tenant.organization.id}/logos/${uuidv7()}.webp`;
  await files.put(logoKey, await makeLogo(bytes));
  await replaceLogo(tenant, files, logoKey);
  return { logoKey };
}

/**
 * The organization has no logo any more.
 *
 * @throws RowhouseError FORBIDDEN
 */
export async function removeLogo<DB, P extends string>(
  tenant: Tenant<DB, P | "organization:update">,
  store: FileStore,
): Promise<void> {
  tenant.assertCan("organization:update");
  await replaceLogo(tenant, filesOf(tenant, store), null);
}

async function replaceLogo<DB, P extends string>(
  tenant: Tenant<DB, P>,
  files: Omit<FileStore, "list">,
  logoKey: string | null,
): Promise<void> {
  const old = await tenant.transaction(async (within) => {
    await lockMembers(within);
    const db = controlPlaneOf(within);
    const before = await db.selectFrom("rowhouse.organizations").select(["id", "logoKey"]).executeTakeFirstOrThrow();
    if (before.logoKey === logoKey) return null;
    await db
      .updateTable("rowhouse.organizations")
      .set({ logoKey, updatedAt: sql`now()` })
      .execute();
    within.record({
      action: logoKey === null ? "organization.logo-removed" : "organization.logo-changed",
      target: { kind: "organization", id: before.id },
      before: { logo: before.logoKey },
      after: { logo: logoKey },
    });
    return before.logoKey;
  });
  if (old !== null) await removeLeftover(files, old);
}

/** The change has been made, so this cannot fail it any more; whoever runs the service hears of it. */
async function removeLeftover(files: Pick<FileStore, "delete">, key: string): Promise<void> {
  try {
    await files.delete(key);
  } catch (error) {
    process.emitWarning(`The file ${key} is not needed any more and could not be deleted: ${String(error)}`, {
      code: "ROWHOUSE_LEFTOVER_FILE",
    });
  }
}
