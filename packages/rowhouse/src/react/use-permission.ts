"use client";

import { useOrganization } from "./organization-provider.ts";
import type { AppPermission } from "./register.ts";

/**
 * Whether the viewer's role allows this. It decides what to draw and nothing else: the server asks again when something
 * is done.
 */
export function usePermission(permission: AppPermission): boolean {
  return useOrganization().permissions.includes(permission);
}
