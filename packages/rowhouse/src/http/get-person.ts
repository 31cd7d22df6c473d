import { isRowhouseError } from "../errors.ts";
import type { InvitedPerson } from "../invitations/invited-person.ts";
import { countCaller } from "./count-attempts.ts";
import type { Call } from "./call.ts";

/**
 * Who is signed in. A key or a token acts in one organization, for which it was made, and is never taken for the person.
 *
 * @throws RowhouseError UNAUTHENTICATED, FORBIDDEN to keys and tokens, TOO_MANY_REQUESTS
 */
export async function getPerson(call: Call): Promise<InvitedPerson> {
  const { request, api } = call;
  const { userId, profile } = await api.tenancy.identify(request);
  await countCaller(call, `user:${userId}`);
  return {
    id: userId,
    name: profile?.name ?? "",
    email: profile?.email ?? "",
    emailVerified: profile?.emailVerified ?? false,
  };
}

/** The same where nobody need be signed in. A bad key or token is refused all the same. */
export async function findPerson(call: Call): Promise<InvitedPerson | undefined> {
  try {
    return await getPerson(call);
  } catch (error) {
    if (isRowhouseError(error, "UNAUTHENTICATED") && !call.request.headers.has("authorization")) return undefined;
    throw error;
  }
}
