import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashIdempotentRequest, parseIdempotencyKey } from "../../src/index.ts";

const printable = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 200,
  })
  .filter((text) => text.trim() === text && !/^".*"$/.test(text));

describe("the key of a request", () => {
  it("is the same in quotes, as the draft has it, and without", () => {
    fc.assert(
      fc.property(printable, (key) => {
        expect(parseIdempotencyKey(key)).toBe(key);
        expect(parseIdempotencyKey(`"${key.replaceAll(/["\\]/g, "\\$&")}"`)).toBe(key);
      }),
    );
  });

  it.each([undefined, null, 7, "", "  ", '""', "x".repeat(201), "a\u0000b", "a\nb", "é", "💥", ["x"]])(
    "is not %j: INVALID_INPUT",
    (key) => {
      expect(() => parseIdempotencyKey(key)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
    },
  );
});

it("two requests have one hash when they are alike in method, target and body, and only then", () => {
  const request = fc.record({
    method: fc.constantFrom("POST", "PATCH"),
    target: fc.webPath(),
    body: fc.string({ unit: "grapheme" }),
  });
  fc.assert(
    fc.property(request, request, (one, other) => {
      const isSame = one.method === other.method && one.target === other.target && one.body === other.body;
      expect(hashIdempotentRequest(one).equals(hashIdempotentRequest(other))).toBe(isSame);
      expect(hashIdempotentRequest({ ...one, body: Buffer.from(one.body) })).toEqual(hashIdempotentRequest(one));
    }),
  );
});
