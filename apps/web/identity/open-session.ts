import { parseSetCookieHeader, toCookieOptions } from "better-auth/cookies";
import { cookies, headers } from "next/headers";
import { signIn, signOut } from "./sign-in";

/**
 * Signs whoever sends this request in, and gives their browser the cookies.
 *
 * @returns the user's id
 * @throws RowhouseError UNAUTHENTICATED, TOO_MANY_REQUESTS
 */
export async function openSession(email: string, password: string): Promise<string> {
  const { userId, setCookies } = await signIn({ email, password }, await headers());
  await keepCookies(setCookies);
  return userId;
}

/** Ends the session that this request's cookies name, and takes the cookies back. */
export async function closeSession(): Promise<void> {
  await keepCookies(await signOut(await headers()));
}

async function keepCookies(setCookies: readonly string[]): Promise<void> {
  const store = await cookies();
  for (const text of setCookies) {
    for (const [name, attributes] of parseSetCookieHeader(text))
      store.set(name, attributes.value, toCookieOptions(attributes));
  }
}
