import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { RowhouseError } from "rowhouse";
import { cache } from "react";
import { findCaller, type SessionUser } from "@/identity/find-caller";
import { currentPath } from "./current-path";

export type { SessionUser };

/** Who sends this request, or `undefined`. Asked of the database once a request, and on every request. */
export const currentUser = cache(async (): Promise<SessionUser | undefined> => findCaller(await headers()));

/**
 * The same for an action: nobody is sent away from what they typed.
 *
 * @throws RowhouseError UNAUTHENTICATED
 */
export async function requireCaller(): Promise<SessionUser> {
  const user = await currentUser();
  if (user === undefined) throw new RowhouseError("UNAUTHENTICATED", "You are signed out. Sign in again to go on.");
  return user;
}

/** The same for a page that is only for signed-in people: anybody else goes to sign in and comes back. */
export async function requireUser(): Promise<SessionUser> {
  const user = await currentUser();
  if (user !== undefined) return user;
  redirect(`/sign-in?next=${encodeURIComponent(await currentPath())}`);
}
