import { describe, expect, it } from "vitest";
import { isRowhouseError } from "../../src/index.ts";
import { parseNewDomain } from "../../src/domains/parse-new-domain.ts";

describe("a new domain", () => {
  it.each([
    ["example.com", "example.com"],
    ["  Example.COM ", "example.com"],
    ["@example.com", "example.com"],
    ["example.com.", "example.com"],
    ["mail.example.co.uk", "mail.example.co.uk"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["XN--BCHER-KVA.example", "xn--bcher-kva.example"],
    ["exam\u00ADple.com", "example.com"],
  ])("%j is %s", async (text, domain) => {
    expect(await parseNewDomain(text)).toBe(domain);
  });

  it.each([
    "",
    " ",
    "localhost",
    "com",
    "example.com..",
    ".example.com",
    "..",
    "*.example.com",
    "exa mple.com",
    "example.com/path",
    "example.com:443",
    "ada@example.com",
    "https://example.com",
    "127.0.0.1",
    "0x7f.1",
    "[::1]",
    "2130706433",
    "-example.com",
    "example-.com",
    "exam_ple.com",
    "example.123",
    "example.com\0",
    "example.com\n.org",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(150)}com`,
    "ü".repeat(300),
    "\u202Eexample.com\u202C@",
    "xn--a.example",
    "' or 1=1 --",
  ])("%j is none", async (text) => {
    const error: unknown = await parseNewDomain(text).catch((thrown: unknown) => thrown);
    expect(isRowhouseError(error, "INVALID_INPUT") && error.fields[0]?.field).toBe("domain");
  });

  it.each([undefined, null, 7, {}, ["example.com"]])("%j, which is no text, is none", async (value) => {
    await expect(parseNewDomain(value)).rejects.toThrow(/Enter a domain/);
  });

  it.each(["co.uk", "github.io", "com.au", "xn--p1ai", "рф", "herokuapp.com", "CO.UK."])(
    "%s is a public suffix, under which anybody registers names",
    async (text) => {
      const error: unknown = await parseNewDomain(text).catch((thrown: unknown) => thrown);
      expect(isRowhouseError(error, "INVALID_INPUT")).toBe(true);
    },
  );

  it.each([
    "gmail.com",
    "GMAIL.COM.",
    "ｇｍａｉｌ.com",
    "gmail。com",
    "gm\u00ADail.com",
    "googlemail.com",
    "yahoo.co.uk",
    "hotmail.fr",
    "icloud.com",
    "proton.me",
    "tutanota.com",
    "hey.com",
    "gmx.de",
    "qq.com",
    "yandex.ru",
    "mailinator.com",
    "ada.fastmail.com",
  ])("%s gives mailboxes to strangers", async (text) => {
    await expect(parseNewDomain(text)).rejects.toThrow(/Anybody can get an address/);
  });

  it("notgmail.com is not gmail.com", async () => {
    expect(await parseNewDomain("notgmail.com")).toBe("notgmail.com");
  });
});
