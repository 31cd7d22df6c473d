"use server";

import { getLocale } from "next-intl/server";
import { redirect } from "next/navigation";
import { isRowhouseError } from "rowhouse";
import { answer } from "@/tenancy/actions";
import { parseInput } from "@/tenancy/parse-input";
import type { ActionResult } from "@/tenancy/problem";
import { signInInput, signUpInput } from "./inputs";
import { landingPath } from "./landing-path";
import { closeSession, openSession } from "./open-session";
import { safeNextPath } from "./safe-next-path";
import { signUp as signUpPerson } from "./sign-up";

export async function signUp(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const done = await answer(async () => {
    const input = parseInput(signUpInput, read(form, ["name", "email", "password", "organization"]));
    const organization = await signUpPerson(input, { language: await getLocale() });
    try {
      await openSession(input.email, input.password);
    } catch (error) {
      // The account is made; when too many have tried to sign in from here, that can wait.
      if (isRowhouseError(error, "TOO_MANY_REQUESTS")) return "/sign-in";
      throw error;
    }
    return `/${organization.slug}/dashboard`;
  });
  if (!done.ok) return done;
  redirect(done.value);
}

export async function signIn(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const done = await answer(async () => {
    const { email, password } = parseInput(signInInput, read(form, ["email", "password"]));
    const userId = await openSession(email, password);
    return safeNextPath(form.get("next")) ?? (await landingPath(userId));
  });
  if (!done.ok) return done;
  redirect(done.value);
}

export async function signOut(): Promise<void> {
  await closeSession();
  redirect("/sign-in");
}

function read(form: FormData, names: readonly string[]): Record<string, FormDataEntryValue | undefined> {
  return Object.fromEntries(names.map((name) => [name, form.get(name) ?? undefined]));
}
