/** What a parameter or a property names: `projectSlug` the `slug` of a `project`. */
export interface ParsedName {
  readonly resource: string;
  readonly kind: string;
  /** True where the name itself says so: `projectId`, `uuid`; false for `project` and `title`. */
  readonly isExplicit: boolean;
}

const kinds = new Set(["id", "uuid", "guid", "slug", "key", "number", "name", "handle", "code"]);

/**
 * Reads a name in the conventions of APIs: `projectId`, `project_id`, `project-ids` and `project` are the id of a
 * project wherever they stand; `id`, `slug` and the like belong to the collection that they stand in.
 */
export function parseName(name: string, collection: string): ParsedName {
  const words = splitWords(name).map(toSingular);
  const last = words.at(-1) ?? "";
  if (!kinds.has(last)) return { resource: words.join(""), kind: "id", isExplicit: false };
  const resource = words.slice(0, -1).join("") || resourceOf(collection);
  return { resource, kind: last === "uuid" || last === "guid" ? "id" : last, isExplicit: true };
}

/** `service-accounts` holds each a `serviceaccount`. */
export function resourceOf(collection: string): string {
  return splitWords(collection).map(toSingular).join("");
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function toSingular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, "y");
  if (/(?:x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
