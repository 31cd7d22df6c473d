"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { usePermission } from "rowhouse/react";
import { Checkbox } from "@/design/checkbox";
import { classNames } from "@/design/class-names";
import { ConfirmDialog } from "@/design/confirm-dialog";
import { isTemporary, type ListChange } from "@/design/list-change";
import { RowMenu } from "@/design/row-menu";
import { Row } from "@/design/rows";
import { ShortDate } from "@/design/short-date";
import { useMutation } from "@/design/use-mutation";
import { useRenaming } from "@/design/use-renaming";
import { deleteTask, renameTask, setTaskCompleted } from "@/tasks/actions";
import type { Task } from "@/tasks/queries";

interface TaskRowProps {
  orgSlug: string;
  task: Task;
  change: (change: ListChange<Task>) => void;
}

/** One task: a box to tick, its title, and what else the role may do with it. */
export function TaskRow({ orgSlug, task, change }: TaskRowProps) {
  const canUpdate = usePermission("tasks:update");
  const canDelete = usePermission("tasks:delete");
  const t = useTranslations("tasks");
  const { pending, mutate } = useMutation();
  const renaming = useRenaming({
    label: t("title"),
    current: task.title,
    field: "title",
    optimistic: (title) => change({ kind: "patch", id: task.id, patch: { title } }),
    call: (title) => renameTask(orgSlug, task.id, { title }),
    failure: t("notRenamed"),
  });
  const [confirming, setConfirming] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);
  const unnamed = isTemporary(task.id);
  const done = task.completedAt !== null;

  function complete(completed: boolean): void {
    mutate({
      optimistic: () => change({ kind: "patch", id: task.id, patch: { completedAt: completed ? new Date() : null } }),
      call: () => setTaskCompleted(orgSlug, task.id, completed),
      failure: t(completed ? "notCompleted" : "notReopened", { title: task.title }),
    });
  }

  function remove(): void {
    mutate({
      optimistic: () => change({ kind: "remove", id: task.id }),
      call: () => deleteTask(orgSlug, task.id),
      failure: t("notDeleted", { title: task.title }),
    });
  }

  return (
    <Row pending={pending || renaming.pending || unnamed}>
      <Checkbox
        aria-label={t("complete", { title: task.title })}
        checked={done}
        disabled={unnamed || !canUpdate}
        onChange={(event) => complete(event.target.checked)}
      />
      {renaming.form ?? (
        <>
          <span
            className={classNames("min-w-0 grow py-1.5 [overflow-wrap:anywhere]", done && "text-muted line-through")}
          >
            {task.title}
          </span>
          {task.completedAt === null ? null : (
            <span className="hidden shrink-0 text-sm text-muted md:block">
              {t("done")} <ShortDate date={task.completedAt} />
            </span>
          )}
          <RowMenu
            autoFocus={renaming.edited}
            buttonRef={menuButton}
            label={t("actionsFor", { title: task.title })}
            disabled={unnamed}
            onRename={canUpdate ? renaming.open : undefined}
            onDelete={canDelete ? () => setConfirming(true) : undefined}
          />
        </>
      )}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title={t("deleteTitle")}
        confirmLabel={t("delete")}
        returnFocus={menuButton}
        onConfirm={remove}
      >
        {t("deleteText", { title: task.title })}
      </ConfirmDialog>
    </Row>
  );
}
