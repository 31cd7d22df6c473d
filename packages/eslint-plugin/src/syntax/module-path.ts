import type { Code } from "./code.ts";

/** Whether a path of a file or a module lies in a folder that may open a database. */
export function isInDatabaseFolder(code: Code, path: string): boolean {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  const last = segments.pop()?.replace(/\.[cm]?[jt]sx?$/, "");
  const { databaseFolders } = code.settings;
  if (last !== undefined && databaseFolders.has(last)) return true;
  return [...databaseFolders].some((folder) => `/${segments.join("/")}/`.includes(`/${folder}/`));
}
