import type { OrganizationChoice } from "./organization-choice.ts";

/** Those whose name has all of these words, whatever their case and their accents: `soh zoe` finds `Zoë & Söhne`. */
export function findOrganizations<Choice extends OrganizationChoice>(
  organizations: readonly Choice[],
  search: string,
): readonly Choice[] {
  const words = plain(search).split(/\s+/u).filter(Boolean);
  return words.length === 0
    ? organizations
    : organizations.filter(({ name, slug }) => {
        const text = `${plain(name)} ${slug}`;
        return words.every((word) => text.includes(word));
      });
}

/** Without marks on letters, in one case that does not depend on where somebody lives. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
