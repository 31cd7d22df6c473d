"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Role } from "rowhouse";
import { useState } from "react";
import { CopyField } from "@/design/copy-field";
import { DialogButton } from "@/design/dialog-button";
import { DialogDone } from "@/design/dialog-done";
import { CreateLinkForm } from "@/invitations/create-link-form";

interface CreateLinkDialogProps {
  orgSlug: string;
  roles: readonly Role[];
}

/** The button "Create link" and the dialog behind it, which shows the link once. */
export function CreateLinkDialog(props: CreateLinkDialogProps) {
  const t = useTranslations("invitations.newLink");
  return (
    <DialogButton icon={Link2} label={t("open")} variant="secondary" title={t("title")} description={t("description")}>
      {(close) => <CreateLink {...props} onDone={close} />}
    </DialogButton>
  );
}

function CreateLink({ orgSlug, roles, onDone }: CreateLinkDialogProps & { onDone: () => void }) {
  const t = useTranslations("invitations.newLink");
  const [url, setUrl] = useState<string>();
  if (url === undefined)
    return <CreateLinkForm orgSlug={orgSlug} roles={roles.filter((role) => role !== "owner")} onCreated={setUrl} />;
  return (
    <div className="grid gap-5">
      <CopyField label={t("link")} hint={t("once")} value={url} copyLabel={t("copy")} copiedLabel={t("copied")} />
      <DialogDone label={t("done")} onDone={onDone} />
    </div>
  );
}
