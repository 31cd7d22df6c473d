import { expect, test } from "vitest";
import { safeNextPath } from "@/identity/safe-next-path";

test.each([
  ["/acme/dashboard", "/acme/dashboard"],
  ["/acme/projects?q=a%20b&sort=name", "/acme/projects?q=a%20b&sort=name"],
  ["/acme/projects#top", "/acme/projects"],
  ["/a/../acme", "/acme"],
  ["/signs", "/signs"],
  ["/apiary", "/apiary"],
])("%j is a path to go on to", (next, expected) => {
  expect(safeNextPath(next)).toBe(expected);
});

test.each([
  ["//evil.example"],
  ["/\\evil.example"],
  ["\\\\evil.example"],
  ["/a\\..\\..\\evil"],
  ["https://evil.example/acme"],
  ["javascript:alert(1)"],
  ["data:text/html,x"],
  ["acme/dashboard"],
  ["/\tevil"],
  ["/\n/evil.example"],
  ["/\t/evil.example"],
  ["/./\t//evil.example"],
  ["/a/..//evil.example"],
  ["/.//evil.example"],
  ["\u0000/acme"],
  ["/"],
  ["/?x=1"],
  ["/sign-in"],
  ["/sign-in?next=/acme"],
  ["/sign-up/"],
  ["/api/sign-out"],
  ["/acme/../api/sign-out"],
  [""],
  [`/${"a".repeat(2000)}`],
  [null],
  [undefined],
  [["/acme"]],
  [{ path: "/acme" }],
])("%j is refused", (next) => {
  expect(safeNextPath(next)).toBeUndefined();
});

test("whatever is accepted stays on this site when a browser reads it", () => {
  const signs = ["/", "\\", ".", "..", "a", ":", "@", "?", "#", "%2f", "%5c", "\t", " ", "evil.example"];
  for (const first of signs) {
    for (const second of signs) {
      for (const third of signs) {
        const safe = safeNextPath(`/${first}${second}${third}`);
        if (safe !== undefined)
          expect([safe, new URL(safe, "https://app.example").origin]).toEqual([safe, "https://app.example"]);
      }
    }
  }
});
