"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRef, useState } from "react";
import { usePermission } from "rowhouse/react";
import { ConfirmDialog } from "@/design/confirm-dialog";
import { fieldError } from "@/design/field-error";
import { InlineEdit } from "@/design/inline-edit";
import type { ListChange } from "@/design/list-change";
import { Row } from "@/design/rows";
import { RowMenu } from "@/design/row-menu";
import { ShortDate } from "@/design/short-date";
import { useMutation } from "@/design/use-mutation";
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
  const [draft, setDraft] = useState<{ name: string; error?: string }>();
  const [edited, setEdited] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);

  function closeEdit(): void {
    setDraft(undefined);
    setEdited(true);
  }

  function rename(name: string): void {
    closeEdit();
    mutate({
      optimistic: () => change({ kind: "patch", id: project.id, patch: { name } }),
      call: () => renameProject(orgSlug, project.id, { name }),
      failure: t("notRenamed"),
      onProblem: (problem) => setDraft({ name, error: fieldError(problem, "name") ?? problem.detail }),
    });
  }

  function remove(): void {
    mutate({
      optimistic: () => change({ kind: "remove", id: project.id }),
      call: () => deleteProject(orgSlug, project.id),
      failure: t("notDeleted", { name: project.name }),
      onSuccess: () => toast({ tone: "done", title: t("deleted", { name: project.name }) }),
    });
  }

  return (
    <Row pending={pending}>
      {draft ? (
        <InlineEdit
          label={t("projectName")}
          value={draft.name}
          error={draft.error}
          unchanged={project.name}
          onSave={rename}
          onCancel={closeEdit}
        />
      ) : (
        <>
          <Link
            href={`/${orgSlug}/projects/${project.id}`}
            className="min-w-0 grow truncate py-1.5 font-medium hover:underline"
          >
            {project.name}
          </Link>
          <ProjectProgress open={project.openTasks} done={project.doneTasks} />
          <span className="hidden w-28 shrink-0 text-end text-sm text-muted lg:block">
            <span className="sr-only">{t("updated")} </span>
            <ShortDate date={project.updatedAt} />
          </span>
          <RowMenu
            autoFocus={edited}
            buttonRef={menuButton}
            label={t("actionsFor", { name: project.name })}
            onRename={canRename ? () => setDraft({ name: project.name }) : undefined}
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
