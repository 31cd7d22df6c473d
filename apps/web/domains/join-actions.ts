"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answer } from "@/tenancy/actions";
import { parseInput } from "@/tenancy/parse-input";
import type { ActionResult } from "@/tenancy/problem";
import { requestOrigin } from "@/tenancy/request-origin";
import { requireUser } from "@/tenancy/session";
import { tenancy } from "@/tenancy/tenancy";
import { z } from "zod";

const place = z.strictObject({ organizationId: z.uuid("There is no such thing here.") });

/** Makes whoever is signed in a member, by their verified address, and goes there. */
export async function joinByAddress(form: { organizationId: string }): Promise<ActionResult> {
  const user = await requireUser();
  const joined = await answer(async () => {
    const { organizationId: organization } = parseInput(place, form);
    return tenancy().domains.join({ user, organization, origin: requestOrigin(await headers()) });
  });
  if (!joined.ok) return joined;
  redirect(`/${joined.value.organization.slug}/dashboard`);
}

export async function askToJoin(form: { organizationId: string }): Promise<ActionResult> {
  const user = await requireUser();
  return answer(async () => {
    const { organizationId: organization } = parseInput(place, form);
    await tenancy().domains.requestToJoin({ user, organization, origin: requestOrigin(await headers()) });
    return undefined;
  });
}
