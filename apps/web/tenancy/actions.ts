import { revalidatePath } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import { RowhouseError } from "rowhouse";
import type { z } from "zod";
import { parseInput } from "./parse-input";
import type { Permission } from "./permissions";
import type { ActionResult } from "./problem";
import { reportProblem } from "./report";
import { currentUser } from "./session";
import { tenancy, type Tenant } from "./tenancy";

/** A change, its permission and the form of its input. */
interface OrganizationAction<Schema extends z.ZodType, T> {
  readonly permission: Permission;
  readonly input: Schema;
  readonly run: (tenant: Tenant, input: z.output<Schema>) => Promise<T>;
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
    const user = await currentUser();
    if (user === undefined) throw new RowhouseError("UNAUTHENTICATED", "You are signed out. Sign in again to go on.");
    const value = await tenancy().enter({ organization: String(orgSlug), user: user.id }, (tenant) => {
      tenant.assertCan(action.permission);
      return action.run(tenant, parseInput(action.input, input));
    });
    revalidatePath("/[orgSlug]", "layout");
    return value;
  });
}

/** Turns what is thrown into a problem; redirects pass through. */
export async function answer<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, problem: reportProblem(error) };
  }
}
