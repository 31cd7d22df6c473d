import { createHmac } from "node:crypto";

/** Signs the cookies of the benchmark's sessions, which live as long as its database. */
export const sessionSecret = "a-secret-of-the-benchmark-that-guards-nothing";

/** The Cookie header of a session, as better-auth makes it. */
export function sessionCookie(token: string): string {
  const signature = createHmac("sha256", sessionSecret).update(token).digest("base64");
  return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}

export function sessionToken(userId: string): string {
  return `session-of-${userId}`;
}
