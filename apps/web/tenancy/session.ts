import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { auth } from "@/identity/auth";
import { currentPath } from "./current-path";

export interface SessionUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Who sends this request, or `undefined`. Asked of the database once a request, and on every request. */
export const currentUser = cache(async (): Promise<SessionUser | undefined> => {
  const session = await auth().api.getSession({ headers: await headers() });
  if (session === null) return undefined;
  const { id, name, email } = session.user;
  return { id, name, email };
});

/** The same for a page that is only for signed-in people: anybody else goes to sign in and comes back. */
export async function requireUser(): Promise<SessionUser> {
  const user = await currentUser();
  if (user !== undefined) return user;
  redirect(`/sign-in?next=${encodeURIComponent(await currentPath())}`);
}
