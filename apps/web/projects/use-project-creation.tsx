"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/design/button";
import { Dialog } from "@/design/dialog";
import { DialogForm } from "@/design/dialog-form";
import { Field } from "@/design/field";
import { fieldError } from "@/design/field-error";
import { type ListChange, temporaryId } from "@/design/list-change";
import { TextInput } from "@/design/text-input";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { createProject } from "@/projects/actions";
import type { Project } from "@/projects/queries";

interface ProjectCreationInput {
  orgSlug: string;
  /** Of the list that shows a new project at once. Without one the dialog waits for the server. */
  change?: (change: ListChange<Project>) => void;
  onCreated?: () => void;
}

/**
 * The button "New project" and the dialog behind it. They are two, since the first project moves the button elsewhere, and
 * what was typed has to outlive that: a refused name comes back into the dialog with its problem.
 */
export function useProjectCreation({ orgSlug, change, onCreated }: ProjectCreationInput): {
  button: ReactNode;
  dialog: ReactNode;
} {
  const t = useTranslations("projects");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const opener = useRef<HTMLButtonElement>(null);
  const [draft, setDraft] = useState<{ name: string; error?: string }>();

  function create(name: string): void {
    const id = temporaryId();
    // An empty name cannot be drawn as a row; the server says what is wrong with it.
    const show = name === "" ? undefined : change;
    if (show !== undefined) setDraft(undefined);
    mutate({
      optimistic: () => show?.({ kind: "add", item: newProject(id, name) }),
      call: () => createProject(orgSlug, { name }),
      failure: t("notCreated"),
      onSuccess: (project) => {
        if (show === undefined) setDraft(undefined);
        else show({ kind: "confirm", temporaryId: id, item: project });
        toast({ tone: "done", title: t("created", { name: project.name }) });
        onCreated?.();
      },
      onProblem: (problem) => {
        const error = fieldError(problem, "name") ?? problem.detail;
        // Whoever types the next one by now keeps that.
        setDraft((typed) => ({ name: typed?.name || name, error }));
      },
    });
  }

  return {
    button: (
      <Button ref={opener} variant="primary" onClick={() => setDraft({ name: "" })}>
        <Plus aria-hidden className="size-4" />
        {t("new")}
      </Button>
    ),
    dialog: (
      <Dialog
        open={draft !== undefined}
        onOpenChange={(open) => setDraft(open ? { name: "" } : undefined)}
        returnFocus={opener}
        title={t("new")}
        description={t("newText")}
      >
        <DialogForm
          submitLabel={t("create")}
          pending={change === undefined && pending}
          onSubmit={() => create(draft?.name.trim() ?? "")}
        >
          <Field label={t("name")} error={draft?.error}>
            {(control) => (
              <TextInput
                {...control}
                autoFocus
                value={draft?.name ?? ""}
                onChange={(event) => setDraft({ ...draft, name: event.target.value })}
                placeholder={t("nameExample")}
                autoComplete="off"
              />
            )}
          </Field>
        </DialogForm>
      </Dialog>
    ),
  };
}

/** What is known of a project before the server has made it. */
function newProject(id: string, name: string): Project {
  const now = new Date();
  return { id, name, createdAt: now, updatedAt: now, openTasks: 0, doneTasks: 0 };
}
