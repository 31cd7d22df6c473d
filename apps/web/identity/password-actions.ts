"use server";

import { getLocale } from "next-intl/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answer } from "@/tenancy/actions";
import { parseInput } from "@/tenancy/parse-input";
import type { ActionResult } from "@/tenancy/problem";
import { requestOrigin } from "@/tenancy/request-origin";
import { passwordResetInput, passwordResetRequestInput } from "./inputs";
import { closeSession } from "./open-session";
import { requestPasswordReset, resetPassword } from "./reset-password";

const newPassword = passwordResetInput.pick({ password: true });

/** Goes on to the same page whether the address has an account or not. */
export async function askForReset(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const done = await answer(async () => {
    const { email } = parseInput(passwordResetRequestInput, { email: form.get("email") ?? undefined });
    const { ip } = requestOrigin(await headers());
    await requestPasswordReset({ email, ip, language: await getLocale() });
    return undefined;
  });
  if (!done.ok) return done;
  redirect("/forgot-password?sent=1");
}

export async function choosePassword(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const done = await answer(async () => {
    const { password } = parseInput(newPassword, { password: form.get("password") ?? undefined });
    const token = form.get("token");
    await resetPassword({ token: typeof token === "string" ? token : "", password, language: await getLocale() });
    // Somebody else may be signed in here; the new password is for the account of the mail.
    await closeSession();
    return undefined;
  });
  if (!done.ok) return done;
  redirect("/sign-in?reset=1");
}
