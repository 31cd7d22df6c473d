import { RowhouseError } from "rowhouse";
import { z } from "zod";
import { webSettings } from "@/settings";
import { auth } from "./auth";
import type { SignInInput } from "./inputs";

export interface SignedIn {
  readonly userId: string;
  /** Set-Cookie headers for the browser. */
  readonly setCookies: readonly string[];
}

const answerShape = z.object({ user: z.object({ id: z.string() }) });

/**
 * Checks the password and opens a session. Goes through the sign-in library's own HTTP handler, because that is where it
 * counts attempts.
 *
 * @throws RowhouseError UNAUTHENTICATED, the same for an unknown address and a wrong password; TOO_MANY_REQUESTS
 */
export async function signIn(input: SignInInput, caller: Headers): Promise<SignedIn> {
  const response = await auth().handler(identityRequest("/sign-in/email", caller, input));
  if (response.ok) {
    return { userId: answerShape.parse(await response.json()).user.id, setCookies: response.headers.getSetCookie() };
  }
  if (response.status === 429) {
    const retryAfterSeconds = Number(response.headers.get("x-retry-after")) || 60;
    throw new RowhouseError("TOO_MANY_REQUESTS", "Too many attempts. Wait a minute and try again.", {
      retryAfterSeconds,
    });
  }
  if (response.status >= 500) throw new TypeError(`The sign-in library answered ${response.status}.`);
  const message = "The address or the password is wrong.";
  throw new RowhouseError("UNAUTHENTICATED", message, {
    fields: [{ field: "password", message, code: "NOT_MATCHING" }],
  });
}

/**
 * Ends the session that the caller's cookies name, in the database too. Without one there is nothing to end.
 *
 * @returns Set-Cookie headers that clear the cookies
 */
export async function signOut(caller: Headers): Promise<readonly string[]> {
  const response = await auth().handler(identityRequest("/sign-out", caller, {}));
  if (response.status >= 500) throw new TypeError(`The sign-in library answered ${response.status}.`);
  return response.headers.getSetCookie();
}

function identityRequest(path: string, caller: Headers, body: object): Request {
  const { publicUrl } = webSettings();
  const headers = new Headers({ "content-type": "application/json", origin: publicUrl });
  for (const name of ["cookie", "user-agent", "x-forwarded-for"]) {
    const value = caller.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Request(`${publicUrl}/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}
