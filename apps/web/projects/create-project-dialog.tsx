"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
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
  const t = useTranslations("projects");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          {t("new")}
        </Button>
      }
      title={t("new")}
      description={t("newText")}
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
  const t = useTranslations("projects");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();

  function submit(): void {
    mutate({
      call: () => createProject(orgSlug, { name: name.trim() }),
      failure: t("notCreated"),
      onSuccess: (project) => {
        toast({ tone: "done", title: t("created", { name: project.name }) });
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
      <Field label={t("name")} error={error}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder={t("nameExample")}
            autoComplete="off"
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {t("create")}
        </Button>
      </div>
    </form>
  );
}
