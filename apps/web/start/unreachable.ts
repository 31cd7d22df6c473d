import { isCode } from "./data-folder.ts";

/** One sentence on why a database cannot be reached and what to change; never the password. */
export function describeUnreachable(url: string, error: unknown): string {
  const { username, hostname, pathname } = new URL(url);
  const at = `The database at ${place(url)}`;
  if (isCode(error, "28P01"))
    return `${at} refuses the password of the user ${username}. Correct the user or the password in DATABASE_URL.`;
  if (isCode(error, "3D000"))
    return `${at} does not exist. Make it (create database ${pathname.slice(1)}), or correct its name in DATABASE_URL.`;
  if (isCode(error, "ENOTFOUND") || isCode(error, "EAI_AGAIN"))
    return `${at} cannot be reached: no machine is called ${hostname}. Correct the host in DATABASE_URL.`;
  return `${at} cannot be reached (${reason(error)}). Check that it runs, and that DATABASE_URL is right.`;
}

/** Host, port and database of a URL. */
export function place(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** Node tells of several addresses tried in an error whose own message is empty. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reason))].join(", ");
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? "no answer" : message.replaceAll(/\s+/g, " ");
}
