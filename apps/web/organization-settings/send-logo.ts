import type { Problem } from "rowhouse/http";
import type { ActionResult } from "@/tenancy/problem";

/**
 * Sends a picture to the organization's address for its logo, or takes the logo away. No server action: those are for small
 * inputs and read the whole of them before anybody is asked who sends it.
 */
export async function sendLogo(orgSlug: string, picture: File | null, unreachable: string): Promise<ActionResult> {
  const response = await fetch(`/${orgSlug}/logo`, {
    method: picture === null ? "DELETE" : "PUT",
    body: picture,
    redirect: "error",
  });
  if (response.ok) return { ok: true, value: undefined };
  const isProblem = response.headers.get("content-type") === "application/problem+json";
  if (!isProblem) throw new Error(`${unreachable} (${response.status})`);
  return { ok: false, problem: (await response.json()) as Problem };
}
