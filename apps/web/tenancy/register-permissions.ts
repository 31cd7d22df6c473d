import type { Permission } from "./permissions";

/** A permission that is none of the product's is a type error in `usePermission` and `<Can>` too. */
declare module "rowhouse/react" {
  interface Register {
    permission: Permission;
  }
}
