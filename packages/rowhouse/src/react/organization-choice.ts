import type { Role } from "../access/roles.ts";

/** One of the organizations that somebody belongs to. */
export interface OrganizationChoice {
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
  /** Address of its logo, for a switcher that shows one. */
  readonly logo?: string | null | undefined;
}
