"use client";

import Link from "next/link";
import { useRef, useState } from "react";
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
import type { ProjectAbilities } from "@/projects/project-abilities";
import { ProjectProgress } from "@/projects/project-progress";
import type { Project } from "@/projects/queries";

interface ProjectRowProps {
  orgSlug: string;
  project: Project;
  abilities: ProjectAbilities;
  change: (change: ListChange<Project>) => void;
}

/** One project in the list. */
export function ProjectRow({ orgSlug, project, abilities, change }: ProjectRowProps) {
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
      failure: "The project was not renamed",
      onProblem: (problem) => setDraft({ name, error: fieldError(problem, "name") ?? problem.detail }),
    });
  }

  function remove(): void {
    mutate({
      optimistic: () => change({ kind: "remove", id: project.id }),
      call: () => deleteProject(orgSlug, project.id),
      failure: `“${project.name}” was not deleted`,
      onSuccess: () => toast({ tone: "done", title: `Deleted “${project.name}”` }),
    });
  }

  return (
    <Row pending={pending}>
      {draft ? (
        <InlineEdit
          label="Project name"
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
            <span className="sr-only">Updated </span>
            <ShortDate date={project.updatedAt} />
          </span>
          <RowMenu
            autoFocus={edited}
            buttonRef={menuButton}
            label={`Actions for ${project.name}`}
            onRename={abilities.rename ? () => setDraft({ name: project.name }) : undefined}
            onDelete={abilities.remove ? () => setConfirming(true) : undefined}
          />
        </>
      )}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Delete project?"
        confirmLabel="Delete project"
        typedName={project.name}
        returnFocus={menuButton}
        onConfirm={remove}
      >
        This deletes the project and all of its tasks ({project.openTasks + project.doneTasks}) for everyone. It cannot
        be undone.
      </ConfirmDialog>
    </Row>
  );
}
