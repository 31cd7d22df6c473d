"use client";

import type { ReactNode } from "react";
import type { AppPermission } from "./register.ts";
import { usePermission } from "./use-permission.ts";

export interface CanProps {
  readonly permission: AppPermission;
  readonly children: ReactNode;
  /** Drawn for a role that may not; nothing by default. */
  readonly otherwise?: ReactNode;
}

/** Draws what is inside for a role that has the permission. */
export function Can({ permission, children, otherwise = null }: CanProps): ReactNode {
  return usePermission(permission) ? children : otherwise;
}
