import { permanentRedirect } from "next/navigation";
import { validate as isUuid } from "uuid";
import { currentPath } from "./current-path";

/**
 * Whether the organization was asked for by a slug that it has given up. The library finds it by its id too, and an
 * address by id is none of ours.
 */
export function isFormerSlug(asked: string, current: string): boolean {
  return asked !== current && !isUuid(asked);
}

/** Goes on (308) to the page that was asked for, with its query, under the slug that the organization has now. */
export async function redirectToCurrentSlug(slug: string): Promise<never> {
  const [path = "", query] = (await currentPath()).split("?", 2);
  const rest = path.split("/").slice(2);
  permanentRedirect(`/${[slug, ...rest].join("/")}${query === undefined ? "" : `?${query}`}`);
}
