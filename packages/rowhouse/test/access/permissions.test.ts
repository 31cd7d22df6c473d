import { describe, expect, it } from "vitest";
import { definePermissions, isAtLeast, isRole, roles } from "../../src/index.ts";
import { permissions } from "../fixture/test-tenancy.ts";

describe("the permission table", () => {
  it("gives each role what is written beside it, and nothing by inheritance", () => {
    const matrix = Object.fromEntries(
      roles.map((role) => [role, permissions.all.filter((permission) => permissions.can(role, permission))]),
    );
    expect(matrix.owner).toEqual(permissions.all);
    expect({ admin: matrix.admin, member: matrix.member, viewer: matrix.viewer }).toEqual({
      admin: [
        ...permissions.all.filter((permission) => permission.startsWith("members:")),
        "projects:read",
        "projects:create",
        "projects:update",
        "projects:delete",
      ],
      member: ["projects:read", "projects:create"],
      viewer: ["projects:read"],
    });
    for (const role of roles) expect(permissions.of(role)).toEqual(matrix[role]);
  });

  it("throws TypeError for a permission that is not in it, whatever the role", () => {
    for (const role of roles) {
      // @ts-expect-error -- a misspelt permission is a type error as well
      expect(() => permissions.can(role, "projects:raed")).toThrow(TypeError);
      // @ts-expect-error -- a grant is no permission
      expect(() => permissions.can(role, "projects:*")).toThrow(TypeError);
      // @ts-expect-error -- nor is everything
      expect(() => permissions.can(role, "*")).toThrow(TypeError);
    }
  });

  it("gives an unknown role nothing", () => {
    // @ts-expect-error -- no such role
    expect(permissions.can("root", "projects:read")).toBe(false);
    // @ts-expect-error -- no such role
    expect(permissions.of("__proto__")).toEqual([]);
  });

  it("refuses a grant that matches nothing", () => {
    const none = { owner: [], admin: [], member: [], viewer: [] } as const;
    const resources = { projects: ["read"] } as const;
    for (const grant of ["projects:write", "tasks:*", "project:*", "projects", ":*", "", "**", "*:read"]) {
      const roleTable = { ...none, viewer: [grant] as unknown as ["*"] };
      expect(() => definePermissions({ resources, roles: roleTable }), grant).toThrow(TypeError);
    }
  });

  it("cannot be changed once it is made", () => {
    expect(Object.isFrozen(permissions)).toBe(true);
    expect(Object.isFrozen(permissions.all)).toBe(true);
  });
});

describe("roles", () => {
  it("rank from owner to viewer", () => {
    const above = roles.map((role) => roles.filter((minimum) => isAtLeast(role, minimum)));
    expect(above).toEqual([
      ["owner", "admin", "member", "viewer"],
      ["admin", "member", "viewer"],
      ["member", "viewer"],
      ["viewer"],
    ]);
  });

  it("are these four texts and nothing else", () => {
    expect(roles.every(isRole)).toBe(true);
    for (const value of ["Owner", "owner ", "", null, undefined, 0, ["owner"], "toString"])
      expect(isRole(value)).toBe(false);
  });
});
