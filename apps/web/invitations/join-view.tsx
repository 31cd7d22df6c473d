import { getTranslations } from "next-intl/server";
import type { InvitationPreview } from "rowhouse";
import type { ReactNode } from "react";
import { ButtonLink } from "@/design/button";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import type { FoundInvitation } from "@/invitations/find-invitation";
import { AcceptForm, DeclineForm, JoinSignUpForm, SwitchAccountForm } from "@/invitations/join-forms";
import { joinPath } from "@/invitations/join-path";

interface JoinViewProps<Kind extends FoundInvitation["kind"]> {
  token: string;
  invitation: Extract<FoundInvitation, { kind: Kind }>;
}

/** Who invites whom into what, and the way in. The same whether the address has an account or not. */
export async function OpenInvitation({ token, invitation: { preview, user } }: JoinViewProps<"open">) {
  const t = await getTranslations("join");
  const signedIn = user !== undefined;
  return (
    <InvitationFrame
      preview={preview}
      below={signedIn ? t("signedInAs", { email: user.email }) : <SignInInstead token={token} />}
    >
      {signedIn ? <AcceptForm token={token} organization={preview.organization.name} /> : null}
      {!signedIn && preview.allowedDomain === null ? <JoinSignUpForm token={token} email={preview.email} /> : null}
      {!signedIn && preview.allowedDomain !== null ? (
        <ButtonLink href={signInHref(token)} variant="primary" className="w-full">
          {t("signIn")}
        </ButtonLink>
      ) : null}
      {preview.kind === "email" ? <DeclineForm token={token} /> : null}
    </InvitationFrame>
  );
}

/** Both addresses, so that the person sees what is wrong, and the way to the other account. */
export async function WrongAccount({ token, invitation: { preview, user } }: JoinViewProps<"wrong-account">) {
  const t = await getTranslations("join");
  return (
    <InvitationFrame preview={preview} below={<TextLink href="/">{t("stay")}</TextLink>}>
      <p role="status" className="rounded-lg bg-subtle px-3 py-2.5 [overflow-wrap:anywhere]">
        {preview.email === null
          ? t("wrongDomain", { domain: preview.allowedDomain ?? "", own: user.email })
          : t("wrongAccount", { email: preview.email, own: user.email })}
      </p>
      <SwitchAccountForm token={token} />
    </InvitationFrame>
  );
}

async function InvitationFrame({
  preview,
  below,
  children,
}: {
  preview: InvitationPreview;
  below: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations("join");
  const role = (await getTranslations("roles"))(preview.role);
  const { organization, inviterName, allowedDomain } = preview;
  return (
    <IdentityFrame
      title={t("title", { organization: organization.name })}
      description={
        inviterName === ""
          ? t("invited", { organization: organization.name, role })
          : t("invitedBy", { inviter: inviterName, organization: organization.name, role })
      }
      below={below}
    >
      <div className="grid gap-3">
        {allowedDomain === null ? null : <p className="text-muted">{t("onlyAt", { domain: allowedDomain })}</p>}
        {children}
      </div>
    </IdentityFrame>
  );
}

async function SignInInstead({ token }: { token: string }) {
  const t = await getTranslations("join");
  return (
    <>
      {t("haveAccount")} <TextLink href={signInHref(token)}>{t("signIn")}</TextLink>
    </>
  );
}

function signInHref(token: string): string {
  return `/sign-in?next=${encodeURIComponent(joinPath(token))}`;
}
