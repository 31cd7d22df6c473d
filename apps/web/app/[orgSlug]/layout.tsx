import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrganizationProvider } from "rowhouse/react";
import { ClientMessages } from "@/i18n/client-messages";
import { Shell } from "@/organizations/shell";
import { getViewer } from "@/tenancy/viewer";

export async function generateMetadata({ params }: LayoutProps<"/[orgSlug]">): Promise<Metadata> {
  // The layout below answers with the same 404 or redirect; thrown from here too, it would leave that page without a title.
  const viewer = await getViewer((await params).orgSlug).catch(() => undefined);
  if (viewer === undefined) {
    // A template without a place for the page's own title: an address that leads nowhere names nothing.
    const nothing = `${(await getTranslations("errors"))("notFound")} · Rowhouse`;
    return { title: { default: nothing, template: nothing } };
  }
  const { organization } = viewer;
  return { title: { default: organization.name, template: `%s · ${organization.name} · Rowhouse` } };
}

export default async function OrganizationLayout({ params, children }: LayoutProps<"/[orgSlug]">) {
  const { user, ...view } = await getViewer((await params).orgSlug);
  return (
    <ClientMessages features={["organizations"]}>
      <OrganizationProvider value={view}>
        <Shell user={user}>{children}</Shell>
      </OrganizationProvider>
    </ClientMessages>
  );
}
