import { describe, expect, it } from "vitest";
import { assertSupportedVersion } from "../../start/postgres-version.ts";

describe("the version of Postgres", () => {
  it.each([15, 16, 17, 18])("%i is served", (major) => {
    expect(() => assertSupportedVersion(major)).not.toThrow();
  });

  it.each([9, 14, 19])("%i is refused with the versions that work", (major) => {
    expect(() => assertSupportedVersion(major)).toThrow(
      `The database is Postgres ${major}; Rowhouse runs on Postgres 15 to 18.`,
    );
  });
});
