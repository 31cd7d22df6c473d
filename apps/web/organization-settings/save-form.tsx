"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/design/button";
import { fieldError } from "@/design/field-error";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import type { ActionResult, Problem } from "@/tenancy/problem";

interface SaveFormProps<T> {
  /** What is sent, made of what the form holds. */
  call: (values: FormData) => Promise<ActionResult<T>>;
  submitLabel: string;
  /** Said when it worked. */
  done: string;
  /** The title of a refusal that belongs to no field. */
  failure: string;
  disabled?: boolean;
  onSuccess?: (value: T, form: HTMLFormElement | null) => void;
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
}

/** A form that is saved in its place. Refusals stand beside their fields, the first gets the focus, what was typed stays. */
export function SaveForm<T>(props: SaveFormProps<T>) {
  const { call, submitLabel, done, failure, disabled = false, onSuccess, children } = props;
  const form = useRef<HTMLFormElement>(null);
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [problem, setProblem] = useState<Pick<Problem, "detail" | "errors">>();

  useEffect(() => {
    if (problem !== undefined) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);

  function submit(values: FormData): void {
    mutate({
      call: () => call(values),
      failure,
      onSuccess: (value) => {
        setProblem(undefined);
        toast({ tone: "done", title: done });
        onSuccess?.(value, form.current);
      },
      onProblem: (refusal) => {
        setProblem(refusal);
        if (!refusal.errors?.length) toast({ tone: "problem", title: failure, detail: refusal.detail });
      },
    });
  }

  return (
    <form
      ref={form}
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && !disabled) submit(new FormData(event.currentTarget));
      }}
    >
      {children((field) => (problem === undefined ? undefined : fieldError(problem, field)))}
      <div>
        <Button type="submit" variant="primary" pending={pending} disabled={disabled}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
