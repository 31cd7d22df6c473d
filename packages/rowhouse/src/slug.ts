import anyAscii from "any-ascii";
import { randomInt } from "node:crypto";
import { validate as isUuid } from "uuid";
import { RowhouseError } from "./errors.ts";

export const maxSlugLength = 48;

/** First path segments and subdomains that mean something else, now or one day. */
export const reservedSlugs: ReadonlySet<string> = new Set(
  (
    "about account accounts admin administrator api app apps assets auth autodiscover billing blog careers cdn checkout " +
    "contact dashboard dev developer developers docs domain domains download email enterprise faq favicon features feedback " +
    "files forgot-password ftp guide health healthz help home host hostmaster image images imap info invitation invitations " +
    "invite invites invoices jobs join js legal localhost login logout mail mailbox manage me member members mx new news null oauth " +
    "onboarding operator operators organization organizations orgs owner pages password payments plans policies policy pop " +
    "postmaster press pricing privacy profile public register reset reset-password robots root rowhouse security select-organization " +
    "session sessions settings setup shop sign-in sign-out sign-up signin signout signup site sitemap smtp ssl staging " +
    "static status store subscribe support switch system team teams terms test tos undefined unsubscribe upload uploads " +
    "user users verify-address webhook webhooks welcome well-known wiki www"
  ).split(" "),
);

/**
 * A URL name for an organization's name: transliterated, lower case, words joined by hyphens. `undefined` when nothing
 * usable is left or the word is reserved.
 *
 * `Zoë & Söhne GmbH` becomes `zoe-sohne-gmbh`; `???` and `Admin` become nothing.
 */
export function slugFromName(name: string): string | undefined {
  const slug = anyAscii(name.normalize("NFKC"))
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxSlugLength)
    .replace(/^-+|-+$/g, "");
  // An organization is found by slug or by id, so a slug must not look like an id.
  return slug === "" || reservedSlugs.has(slug) || isUuid(slug) ? undefined : slug;
}

/** True for text that could be an organization's slug; anything else need not be looked up. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/.test(text);
}

/** `acme`, `acme-2`, `acme-3`, then names nobody else is likely to have: tried in this order until one is free. */
export function* slugCandidates(name: string): Generator<string> {
  const base = slugFromName(name);
  if (base === undefined) {
    throw new RowhouseError("SLUG_UNUSABLE", "The name must have letters or digits and cannot be a reserved word.", {
      fields: [
        {
          field: "name",
          message: "Choose a name with letters or digits that is not a reserved word such as “admin”.",
          code: "RESERVED",
        },
      ],
    });
  }
  yield base;
  for (const suffix of ["2", "3", "4"]) yield withSuffix(base, suffix);
  for (let attempt = 0; attempt < 8; attempt += 1) yield withSuffix(base, randomInt(36 ** 4, 36 ** 5).toString(36));
}

function withSuffix(base: string, suffix: string): string {
  return `${base.slice(0, maxSlugLength - suffix.length - 1).replace(/-+$/, "")}-${suffix}`;
}
