import { headers } from "next/headers";
import { pathHeader } from "./path-header";

/** The path and query that were asked for. */
export async function currentPath(): Promise<string> {
  return (await headers()).get(pathHeader) ?? "/";
}
