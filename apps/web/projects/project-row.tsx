"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRef, useState } from "react";
import { usePermission } from "rowhouse/react";
import { ConfirmDialog } from "@/design/confirm-dialog";
import { isTemporary, type ListChange } from "@/design/list-change";
import { Row } from "@/design/rows";
import { RowMenu } from "@/design/row-menu";
import { ShortDate } from "@/design/short-date";
import { useMutation } from "@/design/use-mutation";
import { useRenaming } from "@/design/use-renaming";
import { useToast } from "@/design/toast";
import { deleteProject, renameProject } from "@/projects/actions";
import { ProjectProgress } from "@/projects/project-progress";
import type { Project } from "@/projects/queries";

interface ProjectRowProps {
  orgSlug: string;
  project: Project;
  change: (change: ListChange<Project>) => void;
}

/** One project in the list. */
export function ProjectRow({ orgSlug, project, change }: ProjectRowProps) {
  const canRename = usePermission("projects:update");
  const canDelete = usePermission("projects:delete");
  const t = useTranslations("projects");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const renaming = useRenaming({
    label: t("projectName"),
    current: project.name,
    field: "name",
    optimistic: (name) => change({ kind: "patch", id: project.id, patch: { name } }),
    call: (name) => renameProject(orgSlug, project.id, { name }),
    failure: t("notRenamed"),
  });
  const unnamed = isTemporary(project.id);
  const [confirming, setConfirming] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);

  function remove(): void {
    mutate({
      optimistic: () => change({ kind: "remove", id: project.id }),
      call: () => deleteProject(orgSlug, project.id),
      failure: t("notDeleted", { name: project.name }),
      onSuccess: () => toast({ tone: "done", title: t("deleted", { name: project.name }) }),
    });
  }

  return (
    <Row pending={pending || renaming.pending || unnamed}>
      {renaming.form ?? (
        <>
          {unnamed ? (
            <span className={nameClass}>{project.name}</span>
          ) : (
            <Link href={`/${orgSlug}/projects/${project.id}`} className={`${nameClass} hover:underline`}>
              {project.name}
            </Link>
          )}
          <ProjectProgress open={project.openTasks} done={project.doneTasks} />
          <span className="hidden w-28 shrink-0 text-end text-sm text-muted lg:block">
            <span className="sr-only">{t("updated")} </span>
            <ShortDate date={project.updatedAt} />
          </span>
          <RowMenu
            autoFocus={renaming.edited}
            buttonRef={menuButton}
            label={t("actionsFor", { name: project.name })}
            disabled={unnamed}
            onRename={canRename ? renaming.open : undefined}
            onDelete={canDelete ? () => setConfirming(true) : undefined}
          />
        </>
      )}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title={t("deleteTitle")}
        confirmLabel={t("delete")}
        typedName={project.name}
        returnFocus={menuButton}
        onConfirm={remove}
      >
        {t("deleteText", { count: project.openTasks + project.doneTasks })}
      </ConfirmDialog>
    </Row>
  );
}

const nameClass = "min-w-0 grow truncate py-1.5 font-medium";
