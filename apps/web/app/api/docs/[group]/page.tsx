import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DocsFrame } from "@/api-docs/docs-frame";
import { OperationArticle } from "@/api-docs/operation-article";
import { operationAnchor } from "@/api-docs/operation-groups";
import { readApi } from "@/api-docs/read-api";
import { PageHeader } from "@/design/page-header";

interface GroupPageProps {
  params: Promise<{ group: string }>;
}

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  const t = await getTranslations("api-docs");
  const { group } = await findGroup(params);
  return { title: `${t(`groups.${group.name}`)} · ${t("title")}` };
}

export default async function ApiDocsGroupPage({ params }: GroupPageProps) {
  const t = await getTranslations("api-docs");
  const { groups, schemas, publicUrl, group } = await findGroup(params);
  return (
    <DocsFrame groups={groups.map(({ name }) => name)} current={group.name}>
      <PageHeader title={t(`groups.${group.name}`)} />
      <div className="grid gap-6">
        {group.operations.map((operation) => (
          <OperationArticle
            key={operationAnchor(operation)}
            operation={operation}
            schemas={schemas}
            publicUrl={publicUrl}
          />
        ))}
      </div>
    </DocsFrame>
  );
}

async function findGroup(params: GroupPageProps["params"]) {
  const { group: asked } = await params;
  const api = await readApi();
  const group = api.groups.find(({ name }) => name === asked);
  if (group === undefined) notFound();
  return { ...api, group };
}
