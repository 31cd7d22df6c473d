"use client";

import { useRef, useState } from "react";
import { Checkbox } from "@/design/checkbox";
import { classNames } from "@/design/class-names";
import { ConfirmDialog } from "@/design/confirm-dialog";
import { fieldError } from "@/design/field-error";
import { InlineEdit } from "@/design/inline-edit";
import { isTemporary, type ListChange } from "@/design/list-change";
import { RowMenu } from "@/design/row-menu";
import { Row } from "@/design/rows";
import { ShortDate } from "@/design/short-date";
import { useMutation } from "@/design/use-mutation";
import { deleteTask, renameTask, setTaskCompleted } from "@/tasks/actions";
import type { Task } from "@/tasks/queries";
import type { TaskAbilities } from "@/tasks/task-abilities";

interface TaskRowProps {
  orgSlug: string;
  task: Task;
  abilities: TaskAbilities;
  change: (change: ListChange<Task>) => void;
}

/** One task: a box to tick, its title, and what else the role may do with it. */
export function TaskRow({ orgSlug, task, abilities, change }: TaskRowProps) {
  const { pending, mutate } = useMutation();
  const [draft, setDraft] = useState<{ title: string; error?: string }>();
  const [edited, setEdited] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);
  const unnamed = isTemporary(task.id);
  const done = task.completedAt !== null;

  function complete(completed: boolean): void {
    mutate({
      optimistic: () => change({ kind: "patch", id: task.id, patch: { completedAt: completed ? new Date() : null } }),
      call: () => setTaskCompleted(orgSlug, task.id, completed),
      failure: completed ? `“${task.title}” was not completed` : `“${task.title}” was not reopened`,
    });
  }

  function closeEdit(): void {
    setDraft(undefined);
    setEdited(true);
  }

  function rename(title: string): void {
    closeEdit();
    mutate({
      optimistic: () => change({ kind: "patch", id: task.id, patch: { title } }),
      call: () => renameTask(orgSlug, task.id, { title }),
      failure: "The task was not renamed",
      onProblem: (problem) => setDraft({ title, error: fieldError(problem, "title") ?? problem.detail }),
    });
  }

  function remove(): void {
    mutate({
      optimistic: () => change({ kind: "remove", id: task.id }),
      call: () => deleteTask(orgSlug, task.id),
      failure: `“${task.title}” was not deleted`,
    });
  }

  return (
    <Row pending={pending || unnamed}>
      <Checkbox
        aria-label={`Complete ${task.title}`}
        checked={done}
        disabled={unnamed || !abilities.update}
        onChange={(event) => complete(event.target.checked)}
      />
      {draft ? (
        <InlineEdit
          label="Task title"
          value={draft.title}
          error={draft.error}
          unchanged={task.title}
          onSave={rename}
          onCancel={closeEdit}
        />
      ) : (
        <>
          <span
            className={classNames("min-w-0 grow py-1.5 [overflow-wrap:anywhere]", done && "text-muted line-through")}
          >
            {task.title}
          </span>
          {task.completedAt === null ? null : (
            <span className="hidden shrink-0 text-sm text-muted md:block">
              Done <ShortDate date={task.completedAt} />
            </span>
          )}
          <RowMenu
            autoFocus={edited}
            buttonRef={menuButton}
            label={`Actions for ${task.title}`}
            disabled={unnamed}
            onRename={abilities.update ? () => setDraft({ title: task.title }) : undefined}
            onDelete={abilities.remove ? () => setConfirming(true) : undefined}
          />
        </>
      )}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Delete task?"
        confirmLabel="Delete task"
        returnFocus={menuButton}
        onConfirm={remove}
      >
        “{task.title}” will be deleted for everyone. It cannot be undone.
      </ConfirmDialog>
    </Row>
  );
}
