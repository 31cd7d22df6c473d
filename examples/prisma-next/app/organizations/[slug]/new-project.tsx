"use client";

import { useActionState, useEffect, useRef } from "react";
import { addProject } from "./add-project.ts";

/** What is wrong is said beside the field, which gets the focus back. */
export function NewProject({ slug }: { readonly slug: string }) {
  const [state, submit, isPending] = useActionState(addProject.bind(undefined, slug), {});
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.problem !== undefined) field.current?.focus();
  }, [state]);
  const isWrong = state.problem !== undefined;
  return (
    <form action={submit}>
      <div className="line">
        <label>
          New project
          <input
            ref={field}
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            defaultValue={state.name}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? "wrong" : undefined}
          />
        </label>
        <button disabled={isPending}>{isPending ? "Adding" : "Add"}</button>
      </div>
      <p id="wrong" role="alert" className="wrong">
        {state.problem}
      </p>
    </form>
  );
}
