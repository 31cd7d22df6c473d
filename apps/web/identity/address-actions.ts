"use server";

import { getLocale } from "next-intl/server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { answer } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { requireCaller } from "@/tenancy/session";
import { landingPath } from "./landing-path";
import { closeSession } from "./open-session";
import { requestVerification, verifyAddress } from "./verify-address";

export async function confirmAddress(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const done = await answer(async () => {
    const { id: userId } = await requireCaller();
    await verifyAddress({ token: readToken(form), userId });
    return landingPath(userId);
  });
  if (!done.ok) return done;
  // Every page has the banner that asks for this.
  revalidatePath("/", "layout");
  redirect(done.value);
}

export async function sendVerificationAgain(): Promise<ActionResult> {
  return answer(async () => {
    await requestVerification(await requireCaller(), await getLocale());
    return undefined;
  });
}

/** Signs out and comes back to the link, by way of signing in. */
export async function switchAccountToConfirm(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const token = readToken(form);
  const done = await answer(async () => {
    await closeSession();
    return undefined;
  });
  if (!done.ok) return done;
  redirect(`/sign-in?next=${encodeURIComponent(`/verify-address?token=${encodeURIComponent(token)}`)}`);
}

function readToken(form: FormData): string {
  const token = form.get("token");
  return typeof token === "string" ? token : "";
}
