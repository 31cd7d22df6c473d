"use client";

import { Bot } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { Page, ServiceAccount, ServiceAccountRole } from "rowhouse";
import { useOptimistic } from "react";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { applyListChange } from "@/design/list-change";
import { listHref } from "@/design/list-href";
import { NothingFound } from "@/design/nothing-found";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";
import { SearchBox } from "@/design/search-box";
import { CreateServiceAccountDialog } from "@/members/create-service-account-dialog";
import { ServiceAccountRow } from "@/members/service-account-row";

/** What the viewer may do with service accounts. */
export interface ServiceAccountAbilities {
  readonly create: boolean;
  readonly update: boolean;
  readonly grantable: readonly ServiceAccountRole[];
}

interface ServiceAccountListProps {
  orgSlug: string;
  page: Page<ServiceAccount>;
  search: string;
  narrowed: boolean;
  abilities: ServiceAccountAbilities;
}

/** The machines that work in an organization. */
export function ServiceAccountList({ orgSlug, page, search, narrowed, abilities }: ServiceAccountListProps) {
  const t = useTranslations("members.serviceAccounts");
  const path = usePathname();
  const [accounts, change] = useOptimistic(page.items, applyListChange<ServiceAccount>);
  const create = abilities.create ? (
    <CreateServiceAccountDialog orgSlug={orgSlug} roles={abilities.grantable} change={change} />
  ) : null;

  if (accounts.length === 0 && !narrowed)
    return (
      <Card>
        <EmptyState icon={Bot} title={t("empty")} action={create}>
          {t("description")}
        </EmptyState>
      </Card>
    );
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2 md:justify-between">
        <SearchBox label={t("search")} />
        {create}
      </div>
      {accounts.length === 0 ? (
        <NothingFound title={t("nothingFound")} href={path} linkLabel={t("showAll")}>
          {t("noMatch")}
        </NothingFound>
      ) : (
        <Rows label={t("list")}>
          {accounts.map((account) => (
            <ServiceAccountRow
              key={account.id}
              orgSlug={orgSlug}
              account={account}
              abilities={abilities}
              change={change}
            />
          ))}
        </Rows>
      )}
      <Pagination page={page} hrefAt={(cursor) => listHref(path, { q: search, ...cursor })} />
    </>
  );
}
