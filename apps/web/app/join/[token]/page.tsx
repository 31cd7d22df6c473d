import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { ButtonLink } from "@/design/button";
import { FullPageMessage } from "@/design/full-page-message";
import { ClientMessages } from "@/i18n/client-messages";
import { findInvitation } from "@/invitations/find-invitation";
import { OpenInvitation, WrongAccount } from "@/invitations/join-view";
import { currentUser } from "@/tenancy/session";

/** Says nothing of the invitation: titles end up in histories, and the address is a secret. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("join");
  return { title: t("page"), robots: { index: false, follow: false }, referrer: "strict-origin" };
}

export default async function JoinPage({ params, searchParams }: PageProps<"/join/[token]">) {
  const { token } = await params;
  const invitation = await findInvitation(token, await currentUser());
  switch (invitation.kind) {
    case "unknown":
      return notFound();
    case "member":
      return redirect(`/${invitation.slug}/dashboard`);
    case "suspended":
      return <Closed reason="suspended" />;
    case "closed":
      return <Closed reason={(await searchParams).declined === undefined ? "closed" : "declined"} />;
    case "open":
      return (
        <ClientMessages features={["join", "identity"]}>
          <OpenInvitation token={token} invitation={invitation} />
        </ClientMessages>
      );
    case "wrong-account":
      return (
        <ClientMessages features={["join", "identity"]}>
          <WrongAccount token={token} invitation={invitation} />
        </ClientMessages>
      );
  }
}

/**
 * Answered with 200, where the API says 410: the page is there and says all there is to say, and only a program would read the
 * status. Next lets a page choose no other than 401, 403 and 404, and the proxy would have to read the invitation once more.
 * Nothing keeps the page: it is marked noindex, and Next sends it with no-store since it is made for each request.
 */
async function Closed({ reason }: { reason: "closed" | "declined" | "suspended" }) {
  const t = await getTranslations("join");
  return (
    <FullPageMessage
      title={t(`${reason}.title`)}
      action={
        <ButtonLink href="/" variant="primary">
          {t("start")}
        </ButtonLink>
      }
    >
      {t(`${reason}.text`)}
    </FullPageMessage>
  );
}
