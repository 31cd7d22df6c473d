"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/design/button";
import { Field } from "@/design/field";
import { fieldError } from "@/design/field-error";
import { type ListChange, temporaryId } from "@/design/list-change";
import { TextInput } from "@/design/text-input";
import { useMutation } from "@/design/use-mutation";
import { createTask } from "@/tasks/actions";
import type { Task } from "@/tasks/queries";

interface AddTaskFormProps {
  orgSlug: string;
  projectId: string;
  change: (change: ListChange<Task>) => void;
  onAdded: () => void;
}

/** One line to add task after task: each appears at once, and comes back into the line if it was refused. */
export function AddTaskForm({ orgSlug, projectId, change, onAdded }: AddTaskFormProps) {
  const t = useTranslations("tasks");
  const { mutate } = useMutation();
  const input = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState("");
  const [error, setError] = useState<string>();

  function type(text: string): void {
    setTitle(text);
    setError(undefined);
  }

  function add(typed: string): void {
    const id = temporaryId();
    type("");
    mutate({
      // An empty title cannot be drawn as a row; the server says what is wrong with it.
      optimistic: () =>
        typed !== "" &&
        change({ kind: "add", item: { id, projectId, title: typed, completedAt: null, createdAt: new Date() } }),
      call: () => createTask(orgSlug, projectId, { title: typed }),
      failure: t("notAdded"),
      onSuccess: (task) => {
        change({ kind: "confirm", temporaryId: id, item: task });
        onAdded();
      },
      onProblem: (problem) => {
        setTitle((current) => (current === "" ? typed : current));
        setError(fieldError(problem, "title") ?? problem.detail);
      },
    });
    input.current?.focus();
  }

  return (
    <form
      noValidate
      className="mb-4 flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        add(title.trim());
      }}
    >
      <div className="min-w-0 grow">
        <Field label={t("new")} hideLabel error={error}>
          {(control) => (
            <TextInput
              {...control}
              ref={input}
              value={title}
              onChange={(event) => type(event.target.value)}
              placeholder={t("placeholder")}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      <Button type="submit" variant="primary">
        <Plus aria-hidden className="size-4" />
        {t.rich("add", { hidden: (text) => <span className="sr-only">{text}</span> })}
      </Button>
    </form>
  );
}
