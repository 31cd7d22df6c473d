import { validate as isUuid } from "uuid";

/**
 * Where files are kept: small ones, read and written whole. A key is `<organization id>/<name>`, which every store checks
 * with {@link assertFileKey}, so that no file is without its organization.
 *
 * A store throws FILES_UNREACHABLE when it cannot do what was asked; whether a `put` took effect is unknown then.
 */
export interface FileStore {
  /** All of the file or nothing is there afterwards; what was under the key before is replaced. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Of a file that is not there, this does nothing. */
  delete(key: string): Promise<void>;
  /** The keys of all files, in any order; one that comes or goes meanwhile may be in it or not. */
  list(): AsyncIterable<string>;
}

/**
 * A key that begins with an organization's id and goes on with one to four plain names. Names have no upper case, since some
 * file systems do not tell it apart, and begin with a letter or digit, so `..` is none.
 *
 * @throws TypeError
 */
export function assertFileKey(key: string): void {
  if (isFileKey(key)) return;
  throw new TypeError(
    `A file's key is "<organization id>/<name>", such as "…/logos/1.webp"; ${JSON.stringify(key)} is none.`,
  );
}

/** What lies in a store under another name was not put there by it. */
export function isFileKey(key: string): boolean {
  const [organizationId, ...names] = key.split("/");
  return (
    isUuid(organizationId) &&
    organizationId === organizationId?.toLowerCase() &&
    names.length >= 1 &&
    names.length <= 4 &&
    names.every((name) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(name))
  );
}
