import type { Permission } from "@/tenancy/pages";

/** What the viewer may do with projects, as plain values a client component can receive. */
export interface ProjectAbilities {
  create: boolean;
  rename: boolean;
  remove: boolean;
}

/** Asks once on the server, so that the page leaves out what the role cannot do. The database still decides. */
export function projectAbilities(can: (permission: Permission) => boolean): ProjectAbilities {
  return { create: can("projects:create"), rename: can("projects:update"), remove: can("projects:delete") };
}
