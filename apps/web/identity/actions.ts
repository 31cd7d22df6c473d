"use server";

import { parseSetCookieHeader, toCookieOptions } from "better-auth/cookies";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { isRowhouseError } from "rowhouse";
import { answer } from "@/tenancy/actions";
import { parseInput } from "@/tenancy/parse-input";
import type { ActionResult } from "@/tenancy/problem";
import { signInInput, signUpInput } from "./inputs";
import { landingPath } from "./landing-path";
import { safeNextPath } from "./safe-next-path";
import * as session from "./sign-in";
import { signUp as signUpPerson } from "./sign-up";

export async function signUp(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const done = await answer(async () => {
    const input = parseInput(signUpInput, read(form, ["name", "email", "password", "organization"]));
    const organization = await signUpPerson(input);
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
  await keepCookies(await session.signOut(await headers()));
  redirect("/sign-in");
}

async function openSession(email: string, password: string): Promise<string> {
  const { userId, setCookies } = await session.signIn({ email, password }, await headers());
  await keepCookies(setCookies);
  return userId;
}

function read(form: FormData, names: readonly string[]): Record<string, FormDataEntryValue | undefined> {
  return Object.fromEntries(names.map((name) => [name, form.get(name) ?? undefined]));
}

async function keepCookies(setCookies: readonly string[]): Promise<void> {
  const store = await cookies();
  for (const text of setCookies) {
    for (const [name, attributes] of parseSetCookieHeader(text))
      store.set(name, attributes.value, toCookieOptions(attributes));
  }
}
