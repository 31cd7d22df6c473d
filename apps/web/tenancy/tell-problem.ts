import { getLocale } from "next-intl/server";
import { isRowhouseError } from "rowhouse";
import { translateProblem } from "@/i18n/translate-problem";
import type { Problem } from "./problem";
import { reportProblem } from "./report";

/** {@link reportProblem} in the language of whoever reads the page that asked. The API's answers stay English. */
export async function tellProblem(error: unknown): Promise<Problem> {
  const wait = isRowhouseError(error) ? error.retryAfterSeconds : undefined;
  return translateProblem(reportProblem(error), await getLocale(), wait);
}
