"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useOrganization, useOrganizationSwitcher } from "rowhouse/react";
import { Avatar } from "@/design/avatar";
import { classNames } from "@/design/class-names";
import { floatClass } from "@/design/menu";
import { TextInput } from "@/design/text-input";

/** Goes from one organization to another. The links carry the slug; nothing is remembered, so two tabs stay apart. */
export function OrganizationSwitcher() {
  const t = useTranslations("organizations");
  const roles = useTranslations("roles");
  const [open, setOpen] = useState(false);
  const { organization, role, organizations } = useOrganization();
  const logo = organizations.find(({ slug }) => slug === organization.slug)?.logo;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="flex min-h-11 w-full min-w-0 items-center gap-2.5 rounded-lg px-2 py-1.5 text-start transition-colors hover:bg-hover data-[state=open]:bg-hover">
        <Avatar name={organization.name} picture={logo} shape="square" />
        <span className="min-w-0 grow">
          <span className="sr-only">{t("current")} </span>
          <span className="block truncate font-semibold">{organization.name}</span>
          <span className="block text-xs text-muted capitalize">{roles(role)}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Choices onChoose={() => setOpen(false)} />
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Lives only while the switcher is open, so each opening starts without a search. */
function Choices({ onChoose }: { onChoose: () => void }) {
  const t = useTranslations("organizations");
  const roles = useTranslations("roles");
  const switcher = useOrganizationSwitcher();
  const { found, search } = switcher;
  return (
    <Popover.Content
      align="start"
      sideOffset={6}
      collisionPadding={8}
      aria-label={t("switch")}
      {...switcher.getContainerProps()}
      onOpenAutoFocus={(event) => {
        // Radix passes links over when it looks for something to focus, and here nearly everything is a link.
        event.preventDefault();
        switcher.focusFirst();
      }}
      className={classNames(floatClass, "w-72 max-w-[calc(100vw-1rem)] outline-none")}
    >
      {switcher.isSearchable ? (
        <TextInput aria-label={t("find")} placeholder={t("find")} {...switcher.getSearchProps()} className="mb-1" />
      ) : (
        <p className="px-2.5 py-1.5 text-xs text-muted">{t("organizations")}</p>
      )}
      <ul className="max-h-72 overflow-y-auto">
        {found.map((choice) => {
          const props = switcher.getItemProps(choice);
          return (
            <li key={choice.slug}>
              <Link href={`/${choice.slug}/dashboard`} {...props} onClick={onChoose} className={linkClass}>
                <Avatar name={choice.name} picture={choice.logo} shape="square" size="small" />
                <span className="min-w-0 grow truncate">{choice.name}</span>
                <span className="text-xs text-muted capitalize">{roles(choice.role)}</span>
                <Check
                  aria-hidden
                  className={classNames("size-4 shrink-0", props["aria-current"] === undefined && "invisible")}
                />
              </Link>
            </li>
          );
        })}
      </ul>
      <p role="status" className={found.length === 0 ? "px-2.5 py-3 text-center text-muted" : "sr-only"}>
        {found.length === 0 ? t("noneFound") : search === "" ? "" : t("found", { count: found.length })}
      </p>
      <div className="-mx-1 my-1 h-px bg-line" />
      <Link href="/new" {...switcher.getActionProps("create")} onClick={onChoose} className={linkClass}>
        <span className="grid size-6 place-items-center rounded-lg border border-dashed border-control-line">
          <Plus aria-hidden className="size-3.5" />
        </span>
        {t("create")}
      </Link>
    </Popover.Content>
  );
}

const linkClass =
  "flex min-h-10 items-center gap-2.5 rounded-lg px-2.5 py-1.5 hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 md:min-h-9";
