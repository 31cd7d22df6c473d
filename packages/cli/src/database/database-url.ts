import { RowhouseError } from "rowhouse";
import { reasonOf } from "../reason-of.ts";

/** @throws RowhouseError INVALID_SETTINGS; the message names the flag, and never the value, which may hold a password */
export function parseDatabaseUrl(url: string | undefined, flag: string): string {
  if (url !== undefined && URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  const problem = url === undefined ? "No database was named" : "The database's address is no postgres:// URL";
  throw new RowhouseError("INVALID_SETTINGS", `${problem}. Set ROWHOUSE_DATABASE_URL, or give ${flag}.`);
}

export function unreachable(error: unknown): RowhouseError {
  const message = `The database did not let us in: ${reasonOf(error)}.`;
  return new RowhouseError("DATABASE_UNREACHABLE", message, { cause: error });
}
