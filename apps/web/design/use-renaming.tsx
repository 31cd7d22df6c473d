"use client";

import { type ReactNode, useState } from "react";
import { fieldError } from "@/design/field-error";
import { InlineEdit } from "@/design/inline-edit";
import { useMutation } from "@/design/use-mutation";
import type { ActionResult } from "@/tenancy/problem";

interface RenamingInput {
  label: string;
  /** The stored text, and the field of the input that carries it. */
  current: string;
  field: "name" | "title";
  optimistic: (text: string) => void;
  call: (text: string) => Promise<ActionResult<unknown>>;
  failure: string;
}

interface Renaming {
  /** Stands in the row's place while the text is under change. */
  form: ReactNode;
  pending: boolean;
  /** Whether there was an edit, after which the focus belongs to what opened it. */
  edited: boolean;
  open: () => void;
}

/** Changes a row's name in its place: at once on the page, and back in the line with its problem if it was refused. */
export function useRenaming({ label, current, field, optimistic, call, failure }: RenamingInput): Renaming {
  const { pending, mutate } = useMutation();
  const [draft, setDraft] = useState<{ text: string; error?: string }>();
  const [edited, setEdited] = useState(false);

  function close(): void {
    setDraft(undefined);
    setEdited(true);
  }

  function save(text: string): void {
    close();
    mutate({
      optimistic: () => optimistic(text),
      call: () => call(text),
      failure,
      onProblem: (problem) => setDraft({ text, error: fieldError(problem, field) ?? problem.detail }),
    });
  }

  const form = draft ? (
    <InlineEdit
      label={label}
      value={draft.text}
      error={draft.error}
      unchanged={current}
      onSave={save}
      onCancel={close}
    />
  ) : null;
  return { form, pending, edited, open: () => setDraft({ text: current }) };
}
