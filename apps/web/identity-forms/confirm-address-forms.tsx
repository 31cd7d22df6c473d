"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { confirmAddress, switchAccountToConfirm } from "@/identity/address-actions";

/** Confirms the address: only the button does, as scanners of mails follow links. */
export function ConfirmAddressForm({ token }: { token: string }) {
  const t = useTranslations("identity-mail.verify");
  return (
    <ActionForm action={confirmAddress} submitLabel={t("submit")}>
      {() => <input type="hidden" name="token" value={token} />}
    </ActionForm>
  );
}

/** Signs out, to come back as the one whom the link is for. */
export function SwitchAccountToConfirmForm({ token }: { token: string }) {
  const t = useTranslations("identity-mail.verify");
  return (
    <ActionForm action={switchAccountToConfirm} submitLabel={t("switchAccount")}>
      {() => <input type="hidden" name="token" value={token} />}
    </ActionForm>
  );
}
