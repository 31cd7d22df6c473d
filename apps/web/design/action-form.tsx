"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import { Button } from "@/design/button";
import { fieldError } from "@/design/field-error";
import type { ActionResult } from "@/tenancy/problem";

interface ActionFormProps {
  action: (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;
  submitLabel: string;
  submitVariant?: "primary" | "secondary";
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
}

/**
 * A form over a server action. Problems stand beside their fields, the first of them gets the focus, and what was typed stays.
 * Without JavaScript the browser posts the form to the same action.
 */
export function ActionForm({ action, submitLabel, submitVariant = "primary", children }: ActionFormProps) {
  const [result, dispatch, pending] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);
  const problem = result !== null && !result.ok ? result.problem : null;

  useEffect(() => {
    if (problem === null) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [problem]);

  return (
    <form
      ref={form}
      action={dispatch}
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        // React empties a form after its action; sent by hand, it keeps what the person typed.
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        if (!pending) startTransition(() => dispatch(data));
      }}
    >
      {problem !== null && !problem.errors?.length ? (
        <div role="alert" tabIndex={-1} className="flex gap-2 rounded-lg bg-danger-soft px-3 py-2.5 text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <p>{problem.detail}</p>
        </div>
      ) : null}
      {children((field) => (problem === null ? undefined : fieldError(problem, field)))}
      <Button type="submit" variant={submitVariant} pending={pending} className="mt-1 w-full">
        {submitLabel}
      </Button>
    </form>
  );
}
