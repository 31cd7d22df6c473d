"use server";

import { redirect } from "next/navigation";
import { answer } from "@/tenancy/actions";
import { parseInput } from "@/tenancy/parse-input";
import type { ActionResult } from "@/tenancy/problem";
import { requireUser } from "@/tenancy/session";
import { tenancy } from "@/tenancy/tenancy";
import { organizationInput } from "./inputs";

/** A further organization for whoever is signed in; goes to its dashboard. */
export async function createOrganization(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
  const user = await requireUser();
  const created = await answer(async () => {
    const { name } = parseInput(organizationInput, { name: form.get("name") });
    return tenancy().createOrganization({ name, user: user.id, profile: { name: user.name, email: user.email } });
  });
  if (!created.ok) return created;
  redirect(`/${created.value.slug}/dashboard`);
}
