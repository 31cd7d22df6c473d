import { describe, expect, it } from "vitest";
import { advance, findDrift, hashPolicies } from "../../src/policy/policy-manifest.ts";

describe("the manifest of policies", () => {
  it("takes over what a migration made, altered and dropped", () => {
    const recorded = { kept: "1", altered: "1", dropped: "1" };
    const after = { kept: "1", altered: "2", made: "1" };
    expect(advance(recorded, recorded, after)).toEqual(after);
  });

  it("does not take over what was there before the migration and is not recorded", () => {
    const before = { kept: "by hand", extra: "by hand" };
    expect(advance({ kept: "1", gone: "1" }, before, { ...before, made: "1" })).toEqual({
      kept: "1",
      gone: "1",
      made: "1",
    });
  });

  it("tells what was added, altered and dropped, by name", () => {
    expect(findDrift({ a: "1", b: "1", c: "1" }, { b: "2", c: "1", d: "1" })).toEqual([
      { policy: "a", change: "dropped" },
      { policy: "b", change: "altered" },
      { policy: "d", change: "added" },
    ]);
  });

  const policy = {
    name: "p",
    permissive: true,
    command: "*",
    toPublic: true,
    roles: ["public"],
    using: "(a)",
    check: null,
  };
  it.each([{ permissive: false }, { command: "r" }, { roles: ["b"] }, { using: "(b)" }, { using: null, check: "(a)" }])(
    "hashes %o apart from what it was",
    (change) => {
      const one = hashPolicies({ policies: [policy] });
      expect(hashPolicies({ policies: [{ ...policy, ...change }] })).not.toEqual(one);
      expect(hashPolicies({ policies: [{ ...policy }] })).toEqual(one);
    },
  );
});
