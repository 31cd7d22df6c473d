import { describe, expect, it } from "vitest";
import { reservedSlugs, slugFromName } from "../src/index.ts";
import { isSlug, maxSlugLength, slugCandidates } from "../src/slug.ts";

describe("a slug from a name", () => {
  it.each([
    ["Acme", "acme"],
    ["  Acme  Inc. ", "acme-inc"],
    ["Zoë & Söhne GmbH", "zoe-sohne-gmbh"],
    ["O'Reilly’s", "oreillys"],
    ["北京科技", "beijingkeji"],
    ["شركة", "shrkh"],
    ["Ünïcödé ™", "unicode-tm"],
    ["ＡＣＭＥ", "acme"],
    ["Straße", "strasse"],
    ["---a---b---", "a-b"],
    ["a_b.c/d", "a-b-c-d"],
    ["2nd", "2nd"],
    ["'; drop table--", "drop-table"],
    ["<script>", "script"],
  ])("%j is %j", (name, slug) => {
    expect(slugFromName(name)).toBe(slug);
  });

  it.each([
    "",
    " ",
    "???",
    "---",
    "Admin",
    "API",
    "new",
    "www",
    "WWW",
    "Ａdmin",
    "\u200b",
    "'",
    "0190a000-0000-7000-8000-000000000001",
  ])("%j gives none: nothing usable, reserved, or like an id", (name) => {
    expect(slugFromName(name)).toBeUndefined();
  });

  it("of an emoji has letters or is none, and is always usable", () => {
    for (const name of [
      "🚀 Rocket",
      "👩‍💻",
      "🇩🇪",
      "é".repeat(300),
      "北".repeat(300),
      "a-".repeat(200),
      `${"a".repeat(47)} b`,
    ]) {
      const slug = slugFromName(name);
      if (slug !== undefined) expect(isSlug(slug), `${name} → ${slug}`).toBe(true);
    }
    expect(slugFromName("x".repeat(300))).toHaveLength(maxSlugLength);
  });

  it("is never reserved", () => {
    for (const word of reservedSlugs) expect(slugFromName(word)).toBeUndefined();
  });

  it("has candidates that are all slugs, all different, and begin with the plain one", () => {
    for (const name of ["Acme", "x".repeat(300), `${"a".repeat(44)} b`]) {
      const candidates = [...slugCandidates(name)];
      expect(candidates[0]).toBe(slugFromName(name));
      expect(candidates.length).toBeGreaterThanOrEqual(10);
      expect(new Set(candidates).size).toBe(candidates.length);
      expect(candidates.filter((candidate) => !isSlug(candidate))).toEqual([]);
    }
  });

  it.each(["Acme", "ACME", "-a", "a-", "a--b-", "", "a b", "a\n", "é", "a".repeat(49), "a_b"])(
    "%j is no slug",
    (text) => {
      expect(isSlug(text)).toBe(false);
    },
  );
});
