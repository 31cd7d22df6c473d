import { RowhouseError } from "../errors.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { FileStore } from "./file-store.ts";

/**
 * A store narrowed to the tenant's organization: a key of another one is as good as none.
 *
 * @returns a store whose methods throw NOT_FOUND for foreign keys
 */
export function filesOf<DB, P extends string>(tenant: Tenant<DB, P>, store: FileStore): Omit<FileStore, "list"> {
  const own = (key: string) => {
    if (key.startsWith(`${tenant.organization.id}/`)) return key;
    throw new RowhouseError("NOT_FOUND", "There is no such file in the organization.");
  };
  return {
    put: async (key, bytes) => store.put(own(key), bytes),
    get: async (key) => store.get(own(key)),
    delete: async (key) => store.delete(own(key)),
  };
}
