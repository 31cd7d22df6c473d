import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isRowhouseError, type FieldError } from "../src/index.ts";
import { parseExpiry } from "../src/api-keys/parse-api-key.ts";
import { countErrorCode } from "../src/field-error-code.ts";
import { parseInput } from "../src/http/index.ts";
import { parseIdempotencyKey } from "../src/idempotency/idempotency-key.ts";
import { parseRecipient } from "../src/mail/parse-recipient.ts";
import { parseReason } from "../src/members/parse-member-change.ts";
import { parseOrganizationName } from "../src/organizations/create-organization.ts";
import { slugCandidates } from "../src/slug.ts";
import { parseServiceAccountName, parseServiceAccountRole } from "../src/service-accounts/parse-service-account.ts";

const schema = z.strictObject({
  name: z.string("Enter a name.").min(2, "Use at least 2 characters.").max(5, "Use at most 5 characters."),
  role: z.enum(["admin", "member"], "Choose admin or member."),
  seats: z.int("Use a whole number.").min(1, "At least 1.").max(9, "At most 9."),
  scopes: z.array(z.string()).min(1, "Choose one.").max(2, "Choose at most two."),
  title: z
    .string("Enter a title.")
    .refine((text) => text.length < 5, { message: "Too long.", params: { code: "TOO_LONG" } })
    .refine((text) => !text.includes("!"), { message: "No shouting.", params: { code: "of the application's own" } }),
});
const good = { name: "Ada", role: "admin", seats: 3, scopes: ["read"], title: "Dr" };

describe("a field that is wrong has a code that does not change with its message", () => {
  it.each([
    ["name", undefined, "REQUIRED"],
    ["name", null, "REQUIRED"],
    ["name", " ", "REQUIRED"],
    ["name", "A", "TOO_SHORT"],
    ["name", "Ada Lovelace", "TOO_LONG"],
    ["name", 7, "WRONG_FORM"],
    ["role", "emperor", "NOT_A_CHOICE"],
    ["seats", 0, "TOO_SMALL"],
    ["seats", 10, "TOO_LARGE"],
    ["seats", "three", "WRONG_FORM"],
    ["scopes", [], "TOO_FEW"],
    ["scopes", ["a", "b", "c"], "TOO_MANY"],
    ["title", "Doctor", "TOO_LONG"],
    ["title", "Dr!", "WRONG_FORM"],
    ["colour", "red", "UNKNOWN_FIELD"],
  ])("%s: %j is %s", (field, value, code) => {
    expect(fieldsOf({ ...good, [field]: value })).toMatchObject([{ field, code }]);
  });

  it("goes by the first of several complaints about a field, as its message does", () => {
    expect(fieldsOf({ ...good, title: "Doctor!" })).toEqual([
      { field: "title", message: "Too long.", code: "TOO_LONG" },
    ]);
  });

  it("is of the whole input when that is none at all", () => {
    expect(fieldsOf(undefined)).toMatchObject([{ field: "input", code: "REQUIRED" }]);
    expect(fieldsOf("text")).toMatchObject([{ field: "input", code: "WRONG_FORM" }]);
  });
});

describe("the library's own refusals have such a code too", () => {
  it.each<[string, () => unknown, Pick<FieldError, "field" | "code">]>([
    ["a blank name", () => parseOrganizationName(" "), { field: "name", code: "REQUIRED" }],
    ["a name without end", () => parseOrganizationName("a".repeat(101)), { field: "name", code: "TOO_LONG" }],
    ["a name that cannot be shown", () => parseServiceAccountName("a\0b"), { field: "name", code: "WRONG_FORM" }],
    ["a machine as owner", () => parseServiceAccountRole("owner"), { field: "role", code: "NOT_A_CHOICE" }],
    ["a key that has expired already", () => parseExpiry(new Date(0)), { field: "expiresAt", code: "IN_THE_PAST" }],
    ["an expiry that is none", () => parseExpiry("soon"), { field: "expiresAt", code: "WRONG_FORM" }],
    ["a reason without end", () => parseReason("a".repeat(1001)), { field: "reason", code: "TOO_LONG" }],
    ["two addresses in one", () => parseRecipient("a@x.org, b@x.org"), { field: "to", code: "WRONG_FORM" }],
    ["a reserved word as slug", () => [...slugCandidates("Admin")], { field: "name", code: "RESERVED" }],
    ["no idempotency key", () => parseIdempotencyKey(""), { field: "Idempotency-Key", code: "REQUIRED" }],
  ])("%s", (_, parse, expected) => {
    expect(fieldsThrownBy(parse)).toMatchObject([expected]);
  });

  it.each([
    [0, "TOO_SMALL"],
    [11, "TOO_LARGE"],
    [1.5, "WRONG_FORM"],
    ["3", "WRONG_FORM"],
  ])("of a count, as %j", (value, code) => {
    expect(countErrorCode(value)).toBe(code);
  });
});

function fieldsOf(input: unknown): readonly FieldError[] {
  return fieldsThrownBy(() => parseInput(schema, input));
}

function fieldsThrownBy(work: () => unknown): readonly FieldError[] {
  try {
    work();
    return [];
  } catch (error) {
    if (isRowhouseError(error)) return error.fields;
    throw error;
  }
}
