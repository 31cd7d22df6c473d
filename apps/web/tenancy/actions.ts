import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { parseInput } from "./parse-input";
import type { Permission } from "./permissions";
import type { ActionResult } from "./problem";
import { requestOrigin } from "./request-origin";
import { requireCaller, type SessionUser } from "./session";
import { tellProblem } from "./tell-problem";
import { tenancy, type Tenant } from "./tenancy";

/** A change, its permission and the form of its input. */
interface OrganizationAction<Schema extends z.ZodType, T> {
  /** Left out for what everybody may do with their own membership. */
  readonly permission?: Permission;
  readonly input: Schema;
  readonly run: (tenant: Tenant, input: z.output<Schema>, user: SessionUser) => Promise<T>;
  /** True for what changes nothing: then the pages stay as they are. */
  readonly isRead?: boolean;
}

/**
 * Runs a server action in the organization that the page it was sent from belongs to. The slug is a claim like any
 * other: it is joined to the membership of whoever sends it, and the permission is asked of the role read with it.
 */
export async function runOrganizationAction<Schema extends z.ZodType, T>(
  orgSlug: string,
  input: unknown,
  action: OrganizationAction<Schema, T>,
): Promise<ActionResult<T>> {
  return answer(async () => {
    const user = await requireCaller();
    const place = { organization: String(orgSlug), user: user.id, origin: requestOrigin(await headers()) };
    const value = await tenancy().enter(place, (tenant) => {
      if (action.permission !== undefined) tenant.assertCan(action.permission);
      return action.run(tenant, parseInput(action.input, input), user);
    });
    if (action.isRead !== true) revalidatePath("/[orgSlug]", "layout");
    return value;
  });
}

/** Turns what is thrown into a problem in the reader's language; redirects pass through. */
export async function answer<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, problem: await tellProblem(error) };
  }
}
