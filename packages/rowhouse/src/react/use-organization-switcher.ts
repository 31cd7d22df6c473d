"use client";

import { useRef, useState, type ChangeEvent, type KeyboardEvent } from "react";
import { findOrganizations } from "./find-organizations.ts";
import { nextStop } from "./next-stop.ts";
import type { OrganizationChoice } from "./organization-choice.ts";
import { useOrganization } from "./organization-provider.ts";

export interface OrganizationSwitcherOptions {
  /** From so many organizations on there is a search. 8 by default. */
  readonly searchFrom?: number;
}

/** All that can take the focus. The library asks for no type of the browser's. */
interface Focusable {
  focus(): void;
}

interface StopProps {
  readonly ref: (element: Focusable | null) => void;
  readonly onFocus: () => void;
}

/** What {@link useOrganizationSwitcher} gives: state to draw, and props to spread on what is drawn. */
export interface OrganizationSwitcher {
  readonly current: OrganizationChoice | undefined;
  /** The viewer's organizations that fit the search, in the order of the server. */
  readonly found: readonly OrganizationChoice[];
  readonly search: string;
  readonly isSearchable: boolean;
  /** For what holds the search, the list and the actions: arrow keys, Home and End go through them. */
  readonly getContainerProps: () => { readonly onKeyDown: (event: KeyboardEvent) => void };
  readonly getSearchProps: () => StopProps & {
    readonly type: "search";
    readonly value: string;
    readonly onChange: (event: ChangeEvent<{ value: string }>) => void;
  };
  /** For the link to an organization. One of them takes part in the order of Tab; the arrows reach the others. */
  readonly getItemProps: (
    organization: OrganizationChoice,
  ) => StopProps & { readonly tabIndex: 0 | -1; readonly "aria-current": "true" | undefined };
  /** For a further link or button after the list, as for creating an organization; `name` tells it from others. */
  readonly getActionProps: (name: string) => StopProps;
  /** Puts the focus where it belongs when a menu opens: on the search, else on the current organization. */
  readonly focusFirst: () => void;
}

const searchKey = "search";
const itemKey = ({ slug }: OrganizationChoice): string => `item:${slug}`;
const actionKey = (name: string): string => `action:${name}`;

/**
 * The behaviour of a switcher between organizations, without a look. Use links with the slug in their address: then
 * nothing is remembered, and two tabs stay apart.
 *
 * ```tsx
 * const switcher = useOrganizationSwitcher();
 * <div {...switcher.getContainerProps()}>
 *   {switcher.isSearchable ? <input aria-label="Find" {...switcher.getSearchProps()} /> : null}
 *   {switcher.found.map((one) => (
 *     <a key={one.slug} href={`/${one.slug}`} {...switcher.getItemProps(one)}>{one.name}</a>
 *   ))}
 *   <a href="/new" {...switcher.getActionProps("create")}>New</a>
 * </div>
 * ```
 */
export function useOrganizationSwitcher({ searchFrom = 8 }: OrganizationSwitcherOptions = {}): OrganizationSwitcher {
  const { organization, organizations } = useOrganization();
  const elements = useRef(new Map<string, Focusable>());
  const [search, setSearch] = useState("");
  const [active, setActive] = useState<string>();
  const found = findOrganizations(organizations, search);
  const current = organizations.find(({ slug }) => slug === organization.slug);
  const isSearchable = organizations.length >= searchFrom;
  const tabStop = [active, current && itemKey(current)].find((key) => found.some((one) => itemKey(one) === key));

  const stop = (key: string): StopProps => ({
    ref: (element) => {
      if (element === null) elements.current.delete(key);
      else elements.current.set(key, element);
    },
    onFocus: () => setActive(key),
  });
  const focus = (key: string | undefined) => (key === undefined ? undefined : elements.current.get(key)?.focus());
  const listStops = (): string[] => {
    const drawn = [...elements.current.keys()];
    const keys = [searchKey, ...found.map(itemKey), ...drawn.filter((key) => key.startsWith("action:"))];
    return keys.filter((key) => elements.current.has(key));
  };

  return {
    current,
    found,
    search,
    isSearchable,
    getContainerProps: () => ({
      onKeyDown: (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const next = nextStop(event.key, { keys: listStops(), current: active, isTyping: active === searchKey });
        if (next === undefined) return;
        event.preventDefault();
        focus(next);
      },
    }),
    getSearchProps: () => ({
      ...stop(searchKey),
      type: "search",
      value: search,
      onChange: (event) => setSearch(event.target.value),
    }),
    getItemProps: (one) => ({
      ...stop(itemKey(one)),
      tabIndex: itemKey(one) === (tabStop ?? (found[0] && itemKey(found[0]))) ? 0 : -1,
      "aria-current": one.slug === organization.slug ? "true" : undefined,
    }),
    getActionProps: (name) => stop(actionKey(name)),
    focusFirst: () => {
      const stops = listStops();
      focus(isSearchable ? searchKey : current && stops.includes(itemKey(current)) ? itemKey(current) : stops[0]);
    },
  };
}
