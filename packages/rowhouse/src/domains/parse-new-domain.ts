import { parseDomain } from "../invitations/parse-email.ts";
import { invalidDomain, longestDomain } from "./domain.ts";
import { isPublicMailDomain } from "./is-public-mail-domain.ts";
import { isPublicSuffix } from "./is-public-suffix.ts";

/**
 * A domain that an organization could own, in the one form in which domains are compared. What is checked is that form, so
 * that no spelling slips past: `ｇｍａｉｌ。com` is `gmail.com`.
 *
 * @throws RowhouseError INVALID_INPUT for what is no domain, for a public suffix and for a provider of mailboxes
 */
export async function parseNewDomain(text: unknown): Promise<string> {
  const domain = typeof text === "string" ? parseDomain(text.trim().replace(/^@/, "").replace(/\.$/, "")) : undefined;
  if (domain === undefined || domain.length > longestDomain)
    throw invalidDomain("domain", "Enter a domain such as example.com: no address, no wildcard, no IP.", "WRONG_FORM");
  if (await isPublicSuffix(domain))
    throw invalidDomain(
      "domain",
      `Under ${domain} anybody can register a name. Enter your own, such as example.${domain}.`,
      "RESERVED",
    );
  if (await isPublicMailDomain(domain))
    throw invalidDomain(
      "domain",
      `Anybody can get an address at ${domain}, so it cannot belong to one organization.`,
      "RESERVED",
    );
  return domain;
}
