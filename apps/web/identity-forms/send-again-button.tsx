"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/design/button";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { sendVerificationAgain } from "@/identity/address-actions";

/** Sends the link once more that confirms the address of whoever is signed in. */
export function SendAgainButton({ email }: { email: string }) {
  const t = useTranslations("identity-mail.banner");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const send = (): void =>
    mutate({
      call: sendVerificationAgain,
      failure: t("failed"),
      onSuccess: () => toast({ tone: "done", title: t("sent", { email }) }),
    });
  return (
    <Button size="small" pending={pending} onClick={send}>
      {t("sendAgain")}
    </Button>
  );
}
