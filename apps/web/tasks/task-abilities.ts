import type { Permission } from "@/tenancy/pages";

/** What the viewer may do with tasks, as plain values a client component can receive. */
export interface TaskAbilities {
  create: boolean;
  update: boolean;
  remove: boolean;
}

/** Asks once on the server, so that the page leaves out what the role cannot do. The database still decides. */
export function taskAbilities(can: (permission: Permission) => boolean): TaskAbilities {
  return { create: can("tasks:create"), update: can("tasks:update"), remove: can("tasks:delete") };
}
