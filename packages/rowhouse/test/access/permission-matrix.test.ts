import { expect, it } from "vitest";
import { permissionMatrix, roles } from "../../src/index.ts";
import { permissions } from "../fixture/test-tenancy.ts";

it("the matrix has one row for each permission, in the table's order, and says what `can` says", () => {
  const matrix = permissionMatrix(permissions);
  expect(matrix.map(({ resource, action }) => `${resource}:${action}`)).toEqual(permissions.all);
  for (const [index, permission] of permissions.all.entries()) {
    for (const role of roles)
      expect(matrix[index]?.roles[role], `${role} ${permission}`).toBe(permissions.can(role, permission));
  }
  expect(matrix.find(({ resource, action }) => resource === "members" && action === "remove")?.roles).toEqual({
    owner: true,
    admin: true,
    member: false,
    viewer: false,
  });
});
