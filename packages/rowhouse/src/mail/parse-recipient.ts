import { RowhouseError } from "../errors.ts";

/**
 * One address and nothing around it: no name, no list, no line break, nothing that a mail server reads as more than one.
 *
 * @throws RowhouseError INVALID_INPUT
 */
export function parseRecipient(value: unknown): string {
  const isAddress =
    typeof value === "string" &&
    value.length <= 254 &&
    /^[^\s\p{C}<>()[\]\\,;:"@]+@[^\s\p{C}<>()[\]\\,;:"@]+$/u.test(value);
  if (isAddress) return value;
  const message = "A mail goes to one address such as ada@example.com.";
  throw new RowhouseError("INVALID_INPUT", message, { fields: [{ field: "to", message, code: "WRONG_FORM" }] });
}
