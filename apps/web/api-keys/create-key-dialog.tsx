"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CreateKeyForm } from "@/api-keys/create-key-form";
import { ShownKey } from "@/api-keys/shown-key";
import { Button } from "@/design/button";
import { Dialog } from "@/design/dialog";

export interface KeyHolder {
  readonly id: string;
  readonly name: string;
}

interface CreateKeyDialogProps {
  orgSlug: string;
  scopes: readonly string[];
  serviceAccounts: readonly KeyHolder[];
}

/** The button "New key" and the dialog behind it: first the form, then the key, once. */
export function CreateKeyDialog({ orgSlug, scopes, serviceAccounts }: CreateKeyDialogProps) {
  const t = useTranslations("api-keys");
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string>();
  function change(next: boolean): void {
    setOpen(next);
    if (!next) setKey(undefined);
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          {t("new")}
        </Button>
      }
      title={key === undefined ? t("create.title") : t("shown.title")}
      {...(key === undefined ? { description: t("create.description") } : {})}
    >
      {key === undefined ? (
        <CreateKeyForm orgSlug={orgSlug} scopes={scopes} serviceAccounts={serviceAccounts} onCreated={setKey} />
      ) : (
        <ShownKey text={key} onDone={() => change(false)} />
      )}
    </Dialog>
  );
}
