"use client";

import { KeyRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ApiKey, Page } from "rowhouse";
import { CreateKeyDialog, type KeyHolder } from "@/api-keys/create-key-dialog";
import type { KeyAbilities } from "@/api-keys/key-abilities";
import { KeyRow } from "@/api-keys/key-row";
import { keyStatuses, type KeyView, keyViewHref } from "@/api-keys/key-view";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { FilterSelect } from "@/design/filter-select";
import { NothingFound } from "@/design/nothing-found";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";
import { SearchBox } from "@/design/search-box";

interface KeyListProps {
  orgSlug: string;
  page: Page<ApiKey>;
  view: KeyView;
  abilities: KeyAbilities;
  serviceAccounts: readonly KeyHolder[];
}

/** The organization's keys: search, pages, and what the role may do with each. */
export function KeyList({ orgSlug, page, view, abilities, serviceAccounts }: KeyListProps) {
  const t = useTranslations("api-keys");
  const path = `/${orgSlug}/settings/keys`;
  const { items } = page;
  const narrowed = view.search !== "" || view.status !== "all" || view.after !== undefined || view.before !== undefined;
  const create = abilities.create ? (
    <CreateKeyDialog orgSlug={orgSlug} scopes={abilities.scopes} serviceAccounts={serviceAccounts} />
  ) : null;
  const untouched = items.length === 0 && !narrowed;
  return (
    <section aria-label={t("title")} className="min-w-0">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 grow basis-60">
          <h2 className="font-semibold">{t("title")}</h2>
          <p className="mt-0.5 max-w-prose text-muted">
            {t("description")}{" "}
            <Link href="/api/docs" className="rounded text-accent underline">
              {t("documentation")}
            </Link>
          </p>
        </div>
        {/* Always here: elsewhere the first key's appearance would take the dialog away, and the key with it. */}
        {create}
      </div>
      {untouched ? (
        <Card>
          <EmptyState icon={KeyRound} title={t("empty")}>
            {abilities.create ? t("emptyText") : t("emptyTextReader")}
          </EmptyState>
        </Card>
      ) : (
        <>
          <div className="mb-4 flex gap-2 md:justify-between">
            <SearchBox label={t("search")} />
            <FilterSelect
              name="status"
              label={t("status")}
              value={view.status}
              options={keyStatuses.map((status) => ({ value: status, label: t(`statuses.${status}`) }))}
            />
          </div>
          {items.length === 0 ? (
            <NothingFound title={t("nothingFound")} href={path} linkLabel={t("showAll")}>
              {t("nothingFoundText")}
            </NothingFound>
          ) : (
            <Rows label={t("title")}>
              {items.map((key) => (
                <KeyRow key={key.id} orgSlug={orgSlug} apiKey={key} abilities={abilities} />
              ))}
            </Rows>
          )}
          <Pagination page={page} hrefAt={(cursor) => keyViewHref(path, view, cursor)} />
        </>
      )}
    </section>
  );
}
