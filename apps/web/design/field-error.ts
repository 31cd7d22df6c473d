import type { Problem } from "@/tenancy/problem";

/** What a problem says about one field, if it says anything. */
export function fieldError(problem: Pick<Problem, "errors">, field: string): string | undefined {
  return problem.errors?.find((error) => error.field === field)?.message;
}
