"use server";

import { getLocale } from "next-intl/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { isRowhouseError } from "rowhouse";
import { closeSession, openSession } from "@/identity/open-session";
import { answer } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { requestOrigin } from "@/tenancy/request-origin";
import { currentUser, requireCaller } from "@/tenancy/session";
import { tenancy } from "@/tenancy/tenancy";
import { joinPath } from "./join-path";
import { signUpByInvitation } from "./sign-up-by-invitation";

export async function acceptInvitation(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const token = readToken(form);
  const done = await answer(async () => {
    const user = await requireCaller();
    const origin = requestOrigin(await headers());
    return (await tenancy().invitations.accept({ token, user, origin })).organization.slug;
  });
  if (!done.ok) return done;
  redirect(`/${done.value}/dashboard`);
}

/** Whoever has the mail may decline, signed in or not; under another address they may not. */
export async function declineInvitation(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const token = readToken(form);
  const done = await answer(async () => {
    const user = await currentUser();
    await tenancy().invitations.decline({ token, user, origin: requestOrigin(await headers()) });
    return undefined;
  });
  if (!done.ok) return done;
  redirect(`${joinPath(token)}?declined=1`);
}

export async function signUpAndJoin(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const token = readToken(form);
  const done = await answer(async () => {
    const fields = Object.fromEntries(["name", "email", "password"].map((name) => [name, form.get(name) ?? undefined]));
    const origin = requestOrigin(await headers());
    const language = await getLocale();
    const { email, password, organization } = await signUpByInvitation({ token, form: fields, origin, language });
    const dashboard = `/${organization.slug}/dashboard`;
    try {
      await openSession(email, password);
    } catch (error) {
      // The account is made; when too many have tried to sign in from here, that can wait.
      if (isRowhouseError(error, "TOO_MANY_REQUESTS")) return `/sign-in?next=${encodeURIComponent(dashboard)}`;
      throw error;
    }
    return dashboard;
  });
  if (!done.ok) return done;
  redirect(done.value);
}

/** Signs out and comes back to the invitation, where another account can sign in or be made. */
export async function switchAccount(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const token = readToken(form);
  const done = await answer(async () => {
    await closeSession();
    return undefined;
  });
  if (!done.ok) return done;
  redirect(joinPath(token));
}

function readToken(form: FormData): string {
  const token = form.get("token");
  return typeof token === "string" ? token : "";
}
