"use client";

import { RotateCw, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type Ref, useRef, useState } from "react";
import type { ApiKey } from "rowhouse";
import { revokeKey, rotateKey } from "@/api-keys/actions";
import { canRotate, type KeyAbilities } from "@/api-keys/key-abilities";
import { ShownKey } from "@/api-keys/shown-key";
import { ActionsGap, ActionsMenu } from "@/design/actions-menu";
import { Badge } from "@/design/badge";
import { ConfirmDialog } from "@/design/confirm-dialog";
import { Dialog } from "@/design/dialog";
import { MenuItem } from "@/design/menu";
import { Row } from "@/design/rows";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";

interface KeyRowProps {
  orgSlug: string;
  apiKey: ApiKey;
  abilities: KeyAbilities;
}

/** One key of the list. */
export function KeyRow({ orgSlug, apiKey, abilities }: KeyRowProps) {
  const t = useTranslations("api-keys");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [asking, setAsking] = useState<"rotate" | "revoke">();
  const [shown, setShown] = useState<string>();
  const menuButton = useRef<HTMLButtonElement>(null);
  const { id, name } = apiKey;

  function rotate(): void {
    mutate({
      call: () => rotateKey(orgSlug, { keyId: id }),
      failure: t("rotateDialog.failed"),
      onSuccess: ({ key }) => setShown(key),
    });
  }

  function revoke(): void {
    mutate({
      call: () => revokeKey(orgSlug, { keyId: id }),
      failure: t("revokeDialog.failed"),
      onSuccess: () => toast({ tone: "done", title: t("revokeDialog.done", { name }) }),
    });
  }

  return (
    <Row pending={pending}>
      <KeySummary apiKey={apiKey} />
      <KeyMenu apiKey={apiKey} abilities={abilities} buttonRef={menuButton} onAsk={setAsking} />
      <ConfirmDialog
        open={asking === "rotate"}
        onOpenChange={(open) => setAsking(open ? "rotate" : undefined)}
        title={t("rotateDialog.title")}
        confirmLabel={t("rotateDialog.confirm")}
        returnFocus={menuButton}
        onConfirm={rotate}
      >
        {t("rotateDialog.text", { name })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "revoke"}
        onOpenChange={(open) => setAsking(open ? "revoke" : undefined)}
        title={t("revokeDialog.title")}
        confirmLabel={t("revokeDialog.confirm")}
        returnFocus={menuButton}
        onConfirm={revoke}
      >
        {t("revokeDialog.text", { name })}
      </ConfirmDialog>
      <Dialog
        open={shown !== undefined}
        onOpenChange={(open) => {
          if (!open) setShown(undefined);
        }}
        returnFocus={menuButton}
        title={t("shown.title")}
      >
        <ShownKey text={shown ?? ""} onDone={() => setShown(undefined)} />
      </Dialog>
    </Row>
  );
}

/** What a key is, whose, and until when. */
function KeySummary({ apiKey: { name, prefix, status, holder, scopes, ...key } }: { apiKey: ApiKey }) {
  const t = useTranslations("api-keys");
  const format = useFormatter();
  const day = (date: Date): string => format.dateTime(date, { dateStyle: "medium" });
  const end =
    key.revokedAt !== null
      ? t("revoked", { date: day(key.revokedAt) })
      : key.expiresAt === null
        ? t("noExpiry")
        : t(status === "expired" ? "expired" : "expires", { date: day(key.expiresAt) });
  return (
    <div className="min-w-0 grow py-1 sm:flex sm:items-center sm:gap-4">
      <div className="min-w-0 grow">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {status === "active" ? null : <Badge>{t(`statuses.${status}`)}</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-2 text-sm text-muted">
          <code dir="ltr">{prefix}</code>
          <span className="truncate">{holder.name}</span>
          <span title={scopes.join(", ")}>
            {t("scopes", { count: scopes.length })}
            <span className="sr-only">: {scopes.join(", ")}</span>
          </span>
        </p>
      </div>
      <p className="flex flex-wrap gap-x-2 text-sm text-muted sm:block sm:w-40 sm:shrink-0 sm:text-end">
        <span className="sm:block">
          {key.lastUsedAt === null ? t("neverUsed") : t("lastUsed", { date: day(key.lastUsedAt) })}
        </span>
        <span className="sm:block">{end}</span>
      </p>
    </div>
  );
}

interface KeyMenuProps {
  apiKey: ApiKey;
  abilities: KeyAbilities;
  buttonRef: Ref<HTMLButtonElement>;
  onAsk: (what: "rotate" | "revoke") => void;
}

/** What can be done with a key; a gap of the same width where that is nothing. */
function KeyMenu({ apiKey, abilities, buttonRef, onAsk }: KeyMenuProps) {
  const t = useTranslations("api-keys");
  const mayRotate = canRotate(abilities, apiKey);
  const mayRevoke = abilities.revoke && apiKey.status !== "revoked";
  if (!mayRotate && !mayRevoke) return <ActionsGap />;
  return (
    <ActionsMenu label={t("actionsFor", { name: apiKey.name })} buttonRef={buttonRef}>
      {mayRotate ? (
        <MenuItem onSelect={() => onAsk("rotate")}>
          <RotateCw aria-hidden className="size-4 text-muted" /> {t("rotate")}
        </MenuItem>
      ) : null}
      {mayRevoke ? (
        <MenuItem tone="danger" onSelect={() => onAsk("revoke")}>
          <Trash2 aria-hidden className="size-4" /> {t("revoke")}
        </MenuItem>
      ) : null}
    </ActionsMenu>
  );
}
