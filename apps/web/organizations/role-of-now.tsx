"use client";

import type { ReactNode } from "react";
import { OrganizationProvider, useOrganization, type OrganizationView } from "rowhouse/react";

/**
 * The role that the server read for this very page. The frame around it is kept from page to page, and whoever was
 * demoted meanwhile would go on seeing buttons that the server refuses.
 */
export function RoleOfNow({
  role,
  permissions,
  children,
}: Pick<OrganizationView, "role" | "permissions"> & { children: ReactNode }) {
  const view = useOrganization();
  return <OrganizationProvider value={{ ...view, role, permissions }}>{children}</OrganizationProvider>;
}
