"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Role } from "rowhouse";
import { useState } from "react";
import { Button } from "@/design/button";
import { CopyField } from "@/design/copy-field";
import { Dialog } from "@/design/dialog";
import { CreateLinkForm } from "@/invitations/create-link-form";

interface CreateLinkDialogProps {
  orgSlug: string;
  roles: readonly Role[];
}

/** The button "Create link" and the dialog behind it, which shows the link once. */
export function CreateLinkDialog({ orgSlug, roles }: CreateLinkDialogProps) {
  const t = useTranslations("invitations.newLink");
  const [open, setOpen] = useState(false);
  const [url, setUrl] = useState<string>();

  function show(next: boolean): void {
    setOpen(next);
    if (next) setUrl(undefined);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={show}
      trigger={
        <Button>
          <Link2 aria-hidden className="size-4" />
          {t("open")}
        </Button>
      }
      title={t("title")}
      description={t("description")}
    >
      {url === undefined ? (
        <CreateLinkForm
          orgSlug={orgSlug}
          roles={roles.filter((role) => role !== "owner")}
          onCancel={() => setOpen(false)}
          onCreated={setUrl}
        />
      ) : (
        <div className="grid gap-5">
          <CopyField label={t("link")} hint={t("once")} value={url} copyLabel={t("copy")} copiedLabel={t("copied")} />
          <div className="flex justify-end">
            <Button variant="primary" onClick={() => setOpen(false)}>
              {t("done")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
