import { describe, expect, it } from "vitest";
import { parseDomain, parseEmail } from "../../src/index.ts";
import { parseInvitationLines } from "../../src/invitations/parse-invitation-lines.ts";

describe("an address", () => {
  it.each([
    ["Ada@Example.COM", "ada@example.com"],
    ["  ada+tag@example.com\n", "ada+tag@example.com"],
    ["ada@Bücher.example", "ada@xn--bcher-kva.example"],
    ["o'brien@example.co.uk", "o'brien@example.co.uk"],
    [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`],
  ])("%j is compared as %j", (text, email) => {
    expect(parseEmail(text)).toBe(email);
  });

  it.each([
    "",
    "ada",
    "@example.com",
    "ada@",
    "ada@localhost",
    "ada@127.0.0.1",
    "ada@exa mple.com",
    "ada@example.com\r\nBcc: all@example.com",
    "a\nda@example.com",
    "ada@exam\tple.com",
    "ada@@example.com",
    ".ada@example.com",
    "ada..b@example.com",
    "ad\0a@example.com",
    "ada@-example.com",
    "ada@example..com",
    `${"a".repeat(65)}@example.com`,
    `ada@${"a.".repeat(126)}com`,
    `${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.com`,
    "<script>@example.com",
    "\u212Aate@example.com", // Kelvin sign: "kate" in lower case
    "аda@example.com", // a Cyrillic а
    42,
    null,
    { toString: () => "ada@example.com" },
  ])("%j is none", (text) => {
    expect(parseEmail(text)).toBeUndefined();
  });

  it("is at a domain of letters, digits and hyphens with a dot", () => {
    expect(parseDomain("Example.COM")).toBe("example.com");
    for (const text of [
      "com",
      "*.example.com",
      "example.com/",
      "example.com:80",
      "-a.com",
      "",
      "exa_mple.com",
      "1.2.3.4",
      "\u00ad".repeat(254) + "example.com", // soft hyphens, which DNS would drop
      "\u00fc.".repeat(100) + "com", // short as it is typed, too long for DNS
      42,
      undefined,
    ]) {
      expect([text, parseDomain(text)]).toEqual([text, undefined]);
    }
  });
});

describe("pasted text", () => {
  it.each([
    [
      "a@x.org\r\nb@x.org\n\nc@x.org",
      [
        [1, "a@x.org"],
        [2, "b@x.org"],
        [4, "c@x.org"],
      ],
    ],
    [
      "a@x.org, b@x.org; c@x.org\td@x.org e@x.org",
      [
        [1, "a@x.org"],
        [1, "b@x.org"],
        [1, "c@x.org"],
        [1, "d@x.org"],
        [1, "e@x.org"],
      ],
    ],
    [
      'Email,Role\na@x.org,Admin\n"b@x.org",viewer',
      [
        [2, "a@x.org", "admin"],
        [3, "b@x.org", "viewer"],
      ],
    ],
    [
      '"Doe, Jane" <jane@x.org>, John <john@x.org>',
      [
        [1, "jane@x.org"],
        [1, "john@x.org"],
      ],
    ],
    ["Jane <jane@x.org>, admin", [[1, "jane@x.org", "admin"]]],
    [
      "a@x.org\nEmail", // a header stands in the first line alone; further down it is somebody's mistake
      [
        [1, "a@x.org"],
        [2, "Email"],
      ],
    ],
    [
      "not an address\na@x.org",
      [
        [1, "not an address"],
        [2, "a@x.org"],
      ],
    ],
    ["  \n\t\n", []],
  ])("%j is read line by line", (text, expected) => {
    const found = parseInvitationLines(text).map(({ line, text: word, role }) =>
      role === undefined ? [line, word] : [line, word, role],
    );
    expect(found).toEqual(expected);
  });

  it("of a megabyte without a sense takes under a second", () => {
    const started = performance.now();
    parseInvitationLines("<".repeat(100_000) + "@".repeat(100_000) + ",".repeat(100_000) + '"'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
