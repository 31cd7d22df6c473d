"use client";

import { createContext, createElement, useContext, type ReactElement, type ReactNode } from "react";
import type { Role } from "../access/roles.ts";
import type { OrganizationChoice } from "./organization-choice.ts";
import type { AppPermission } from "./register.ts";

/** What a page knows of the organization it belongs to. Plain data that the server read for this very request. */
export interface OrganizationView {
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string };
  /** The viewer's own. */
  readonly role: Role;
  /** All that the role may do: `permissions.of(role)`. */
  readonly permissions: readonly AppPermission[];
  /** Where the viewer can switch to, this organization among them. */
  readonly organizations: readonly OrganizationChoice[];
}

const OrganizationContext = createContext<OrganizationView | null>(null);

/**
 * Tells every component below which organization the page belongs to. Put it into the layout of an organization's
 * pages, never above it: two tabs may show two organizations, and nothing is remembered between them.
 */
export function OrganizationProvider(props: {
  readonly value: OrganizationView;
  readonly children: ReactNode;
}): ReactElement {
  return createElement(OrganizationContext, { value: props.value }, props.children);
}

/** The organization of this page. @throws TypeError outside an {@link OrganizationProvider} */
export function useOrganization(): OrganizationView {
  const view = useContext(OrganizationContext);
  if (view !== null) return view;
  throw new TypeError(
    "There is no OrganizationProvider above this component. Wrap the layout of an organization's pages in one.",
  );
}
