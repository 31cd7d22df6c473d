import { redirect } from "next/navigation";
import { currentUser } from "@/tenancy/session";
import { landingPath } from "./landing-path";
import { safeNextPath } from "./safe-next-path";

/** Somebody who is signed in has nothing to do on the pages for signing in. */
export async function leaveIfSignedIn(next?: string): Promise<void> {
  const user = await currentUser();
  if (user !== undefined) redirect(safeNextPath(next) ?? (await landingPath(user.id)));
}
