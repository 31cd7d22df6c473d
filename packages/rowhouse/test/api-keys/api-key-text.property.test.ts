import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, it } from "vitest";
import { newApiKeyText, parseApiKeyText } from "../../src/api-keys/api-key-text.ts";

const keys = fc.uuid().map((id) => ({ id, ...newApiKeyText(id) }));

describe("the text of a key", () => {
  it("names its organization and hashes to what is kept, and no two are alike", () => {
    fc.assert(
      fc.property(keys, ({ id, key, prefix, secretHash }) => {
        expect(key).toMatch(/^rhk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
        expect(parseApiKeyText(key)).toEqual({ organizationId: id, secretHash });
        expect(prefix).toBe(`rhk_…${key.slice(37, 43)}`);
        expect(newApiKeyText(id).secretHash.equals(secretHash)).toBe(false);
      }),
    );
  });

  it("that differs in one character of the secret has another hash", () => {
    const { key, secretHash } = newApiKeyText(uuidv7());
    const changed = `${key.slice(0, -2)}${key.at(-2) === "A" ? "B" : "A"}${key.slice(-1)}`;
    expect(parseApiKeyText(changed)?.secretHash.equals(secretHash)).toBe(false);
  });

  it("with anything put in, left out or around it is no key's", () => {
    const damage = fc.tuple(keys, fc.nat(80), fc.string({ minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(damage, ([{ key }, at, inserted]) => {
        const place = at % (key.length + 1);
        expect(parseApiKeyText(key.slice(0, place) + inserted + key.slice(place))).toBeUndefined();
        if (place < key.length) expect(parseApiKeyText(key.slice(0, place) + key.slice(place + 1))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it.each(["", "rhk_", "rhk__", "RHK_", "\0", "rhk_".repeat(10_000), "'; drop table rowhouse.api_keys; --"])(
    "is not %j",
    (text) => expect(parseApiKeyText(text)).toBeUndefined(),
  );

  it("of any kind at all is parsed without throwing", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => parseApiKeyText(text) === undefined));
  });
});
