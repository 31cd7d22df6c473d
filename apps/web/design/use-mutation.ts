"use client";

import { useTranslations } from "next-intl";
import { unstable_rethrow } from "next/navigation";
import { startTransition, useTransition } from "react";
import { useToast } from "@/design/toast";
import type { ActionResult, Problem } from "@/tenancy/problem";

/** What a refused change has to say; also made here, when no server answered at all. */
type Refusal = Pick<Problem, "detail" | "errors">;

interface Mutation<T> {
  /** Shows the outcome before the server answers; undone by React when the call fails. */
  optimistic?: () => void;
  call: () => Promise<ActionResult<T>>;
  onSuccess?: (value: T) => void;
  /** Where the problem is shown, when a toast with `failure` as its title is not the place. */
  onProblem?: (refusal: Refusal) => void;
  failure: string;
}

/** Runs a change optimistically: at once on the page, then at the server, and back with a message if it was refused. */
export function useMutation(): { pending: boolean; mutate: <T>(mutation: Mutation<T>) => void } {
  const t = useTranslations("design");
  const toast = useToast();
  const [pending, begin] = useTransition();
  function mutate<T>(mutation: Mutation<T>): void {
    const report =
      mutation.onProblem ??
      ((refusal: Refusal) => toast({ tone: "problem", title: mutation.failure, detail: refusal.detail }));
    begin(async () => {
      mutation.optimistic?.();
      const result = await answerOf(mutation.call, t("unreachable"));
      // After an await React has left the transition; what follows has to enter it again.
      startTransition(() => {
        if (result.ok) mutation.onSuccess?.(result.value);
        else report(result.problem);
      });
    });
  }
  return { pending, mutate };
}

async function answerOf<T>(
  call: () => Promise<ActionResult<T>>,
  unreachable: string,
): Promise<{ ok: true; value: T } | { ok: false; problem: Refusal }> {
  try {
    return await call();
  } catch (error) {
    unstable_rethrow(error);
    console.error(error);
    return { ok: false, problem: { detail: unreachable } };
  }
}
