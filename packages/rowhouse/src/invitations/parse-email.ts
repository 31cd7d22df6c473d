import { domainToASCII } from "node:url";
import { RowhouseError, type FieldErrorCode } from "../errors.ts";

/**
 * An e-mail address in the one form in which addresses are compared: lower case, the domain as DNS has it. `undefined`
 * when it is none. The part before the @ is ASCII: letters that only look like others, or become others in lower case
 * (K, the Kelvin sign), would let one person stand in for another.
 */
export function parseEmail(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf("@");
  const local = trimmed.slice(0, Math.max(at, 0));
  const domain = parseDomain(trimmed.slice(at + 1));
  if (domain === undefined || !/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i.test(local))
    return undefined;
  const email = `${local.toLowerCase()}@${domain}`;
  return local.length <= 64 && email.length <= 254 ? email : undefined;
}

/** A domain name with at least one dot, in lower case as DNS has it: `Bücher.example` is `xn--bcher-kva.example`. */
export function parseDomain(text: unknown): string | undefined {
  // First of all: domainToASCII reads a URL's host and quietly drops what follows a slash.
  if (typeof text !== "string" || text.length > 253 || !/^[a-z0-9.\-\u0080-\u{10ffff}]+$/iu.test(text))
    return undefined;
  const domain = domainToASCII(text).toLowerCase();
  return /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(domain) && domain.length <= 253
    ? domain
    : undefined;
}

/** @throws RowhouseError INVALID_INPUT */
export function parseEmailField(text: unknown): string {
  const email = parseEmail(text);
  if (email !== undefined) return email;
  throw invalidInvitation("email", "Enter an e-mail address such as ada@example.com.", "WRONG_FORM");
}

export function invalidInvitation(field: string, message: string, code: FieldErrorCode): RowhouseError {
  return new RowhouseError("INVALID_INPUT", "The invitation cannot be made like this.", {
    fields: [{ field, message, code }],
  });
}
