import { logoVersion } from "rowhouse/files";

interface LogoPlace {
  readonly slug: string;
  readonly logoKey: string | null | undefined;
}

/** Where an organization's logo is found; another address with each logo, so that a browser may keep it. `null` without one. */
export function logoHref({ slug, logoKey }: LogoPlace): string | null {
  return logoKey === null || logoKey === undefined ? null : `/${slug}/logo?v=${logoVersion(logoKey)}`;
}
