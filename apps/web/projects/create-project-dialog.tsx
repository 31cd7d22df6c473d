"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DialogButton } from "@/design/dialog-button";
import { DialogForm } from "@/design/dialog-form";
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
  return (
    <DialogButton icon={Plus} label={t("new")} description={t("newText")}>
      {(close) => (
        <CreateProjectForm
          orgSlug={orgSlug}
          onCreated={() => {
            close();
            onCreated?.();
          }}
        />
      )}
    </DialogButton>
  );
}

function CreateProjectForm({ orgSlug, onCreated }: { orgSlug: string; onCreated: () => void }) {
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
    <DialogForm submitLabel={t("create")} pending={pending} onSubmit={submit}>
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
    </DialogForm>
  );
}
