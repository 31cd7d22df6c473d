import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FullPageMessage } from "@/design/full-page-message";
import { ButtonLink } from "@/design/button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errors"))("notFound") };
}

/** The one answer for what does not exist and for what belongs to somebody else. */
export default async function NotFound() {
  const t = await getTranslations("errors");
  return (
    <FullPageMessage
      title={t("notFound")}
      action={
        <ButtonLink href="/" variant="primary">
          {t("toStart")}
        </ButtonLink>
      }
    >
      {t("notFoundText")}
    </FullPageMessage>
  );
}
