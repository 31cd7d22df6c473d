import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DocsFrame } from "@/api-docs/docs-frame";
import { Guide } from "@/api-docs/guide";
import { readApi } from "@/api-docs/read-api";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("api-docs"))("title") };
}

export default async function ApiDocsPage() {
  const { groups, publicUrl } = await readApi();
  return (
    <DocsFrame groups={groups.map(({ name }) => name)} current="guide">
      <Guide
        publicUrl={publicUrl}
        groups={groups.map(({ name, operations }) => ({ name, count: operations.length }))}
      />
    </DocsFrame>
  );
}
