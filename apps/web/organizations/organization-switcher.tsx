"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useState } from "react";
import { Avatar } from "@/design/avatar";
import { classNames } from "@/design/class-names";
import { floatClass } from "@/design/menu";
import { TextInput } from "@/design/text-input";
import type { Viewer } from "@/tenancy/viewer";

const searchFrom = 8;

/** Goes from one organization to another. The links carry the slug; nothing is remembered, so two tabs stay apart. */
export function OrganizationSwitcher({ viewer }: { viewer: Viewer }) {
  const [open, setOpen] = useState(false);
  const { organization } = viewer;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="flex min-h-11 w-full min-w-0 items-center gap-2.5 rounded-lg px-2 py-1.5 text-start transition-colors hover:bg-hover data-[state=open]:bg-hover">
        <Avatar name={organization.name} shape="square" />
        <span className="min-w-0 grow">
          <span className="sr-only">Organization: </span>
          <span className="block truncate font-semibold">{organization.name}</span>
          <span className="block text-xs text-muted capitalize">{viewer.role}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Switch organization"
          onOpenAutoFocus={focusFirst}
          onKeyDown={moveFocus}
          className={classNames(floatClass, "w-72 max-w-[calc(100vw-1rem)] outline-none")}
        >
          <OrganizationLinks viewer={viewer} onChoose={() => setOpen(false)} />
          <div className="-mx-1 my-1 h-px bg-line" />
          <Link href="/new" data-stop onClick={() => setOpen(false)} className={linkClass}>
            <span className="grid size-6 place-items-center rounded-lg border border-dashed border-control-line">
              <Plus aria-hidden className="size-3.5" />
            </span>
            Create organization
          </Link>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function OrganizationLinks({ viewer, onChoose }: { viewer: Viewer; onChoose: () => void }) {
  const [wanted, setWanted] = useState("");
  const found = viewer.organizations.filter(({ name }) =>
    name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()),
  );
  return (
    <>
      {viewer.organizations.length < searchFrom ? (
        <p className="px-2.5 py-1.5 text-xs text-muted">Organizations</p>
      ) : (
        <TextInput
          data-stop
          type="search"
          aria-label="Find an organization"
          placeholder="Find an organization"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className="mb-1"
        />
      )}
      <ul className="max-h-72 overflow-y-auto">
        {found.map(({ slug, name, role }) => {
          const current = slug === viewer.organization.slug;
          return (
            <li key={slug}>
              <Link
                href={`/${slug}/dashboard`}
                data-stop
                aria-current={current ? "true" : undefined}
                onClick={onChoose}
                className={linkClass}
              >
                <Avatar name={name} shape="square" size="small" />
                <span className="min-w-0 grow truncate">{name}</span>
                <span className="text-xs text-muted capitalize">{role}</span>
                <Check aria-hidden className={classNames("size-4 shrink-0", !current && "invisible")} />
              </Link>
            </li>
          );
        })}
      </ul>
      <p role="status" className={found.length === 0 ? "px-2.5 py-3 text-center text-muted" : "sr-only"}>
        {found.length === 0
          ? "None of your organizations has that name."
          : wanted === ""
            ? ""
            : `${found.length} found`}
      </p>
    </>
  );
}

/** Radix passes links over when it looks for something to focus, and here everything is a link. */
function focusFirst(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>("[data-stop]")?.focus();
}

/** Arrow keys go through the list as in a menu; Tab works too. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-stop]")];
  const now = stops.findIndex((stop) => stop === document.activeElement);
  stops.at((now + step) % stops.length)?.focus();
}

const linkClass =
  "flex min-h-10 items-center gap-2.5 rounded-lg px-2.5 py-1.5 hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 md:min-h-9";
