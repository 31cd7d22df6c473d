import { auth } from "./auth";

export interface SessionUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

/** Whose session the cookies name, or `undefined`. Asked of the database each time: an ended session is refused at once. */
export async function findCaller(headers: Headers): Promise<SessionUser | undefined> {
  const session = await auth().api.getSession({ headers });
  if (session === null) return undefined;
  const { id, name, email, emailVerified } = session.user;
  return { id, name, email, emailVerified };
}
