"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/design/button";
import { Dialog } from "@/design/dialog";
import { Field } from "@/design/field";
import { fieldError } from "@/design/field-error";
import { TextInput } from "@/design/text-input";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { createProject } from "@/projects/actions";

interface CreateProjectDialogProps {
  orgSlug: string;
  onCreated?: () => void;
}

/** The button "New project" and the dialog behind it. */
export function CreateProjectDialog({ orgSlug, onCreated }: CreateProjectDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          New project
        </Button>
      }
      title="New project"
      description="A project holds the tasks of one piece of work."
    >
      <CreateProjectForm
        orgSlug={orgSlug}
        onCancel={() => setOpen(false)}
        onCreated={() => {
          setOpen(false);
          onCreated?.();
        }}
      />
    </Dialog>
  );
}

function CreateProjectForm({
  orgSlug,
  onCancel,
  onCreated,
}: {
  orgSlug: string;
  onCancel: () => void;
  onCreated: () => void;
}) {
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();

  function submit(): void {
    mutate({
      call: () => createProject(orgSlug, { name: name.trim() }),
      failure: "The project was not created",
      onSuccess: (project) => {
        toast({ tone: "done", title: `Created “${project.name}”` });
        onCreated();
      },
      onProblem: (problem) => setError(fieldError(problem, "name") ?? problem.detail),
    });
  }

  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) submit();
      }}
    >
      <Field label="Name" error={error}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="Website relaunch"
            autoComplete="off"
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Create project
        </Button>
      </div>
    </form>
  );
}
