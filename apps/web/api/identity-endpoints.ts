import { organizationAnswer, organizationWithRole, type Endpoint } from "rowhouse/http";
import { z } from "zod";
import { signInInput, signUpInput } from "@/identity/inputs";
import { signIn, signOut } from "@/identity/sign-in";
import { signUp } from "@/identity/sign-up";
import { reportProblem } from "@/tenancy/report";
import { tenancy } from "@/tenancy/tenancy";
import { publicEndpoint, userEndpoint } from "./endpoint";
import { requestLanguage } from "./request-language";

const signUpPerson = publicEndpoint(
  {
    method: "post",
    path: "/sign-up",
    summary:
      "Make an account and its first organization, and sign in. Without a session cookie in the answer, sign in then",
    body: signUpInput,
    status: 201,
    answer: z.object({ organization: organizationAnswer }),
    refusals: [409],
  },
  async ({ body, request }) => {
    const { id, slug, name } = await signUp(body, { language: requestLanguage(request) });
    return {
      body: { organization: { id, slug, name } },
      location: `/organizations/${slug}`,
      setCookies: await openSession(body, request.headers),
    };
  },
);

const signInPerson = publicEndpoint(
  {
    method: "post",
    path: "/sign-in",
    summary: "Open a session. An unknown address and a wrong password are the same refusal",
    body: signInInput,
    status: 200,
    answer: z.object({ user: z.object({ id: z.uuid() }) }),
    refusals: [401, 429],
  },
  async ({ body, request }) => {
    const { userId, setCookies } = await signIn(body, request.headers);
    return { body: { user: { id: userId } }, setCookies };
  },
);

const signOutPerson = publicEndpoint(
  { method: "post", path: "/sign-out", summary: "End the session, if there is one", status: 204 },
  async ({ request }) => ({ setCookies: await signOut(request.headers) }),
);

const me = userEndpoint(
  {
    method: "get",
    path: "/me",
    summary: "Who is signed in, and their organizations",
    status: 200,
    answer: z.object({
      user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), emailVerified: z.boolean() }),
      organizations: z.array(organizationWithRole),
    }),
  },
  async (user) => {
    const memberships = await tenancy().listOrganizations(user.id);
    return { body: { user, organizations: memberships.map(({ organization, role }) => ({ ...organization, role })) } };
  },
);

/** Accounts and sessions. */
export const identityEndpoints: readonly Endpoint[] = [signUpPerson, signInPerson, signOutPerson, me];

/** The account stands already: that no session came of it, after too many attempts, must not read as a failed sign-up. */
async function openSession(
  { email, password }: { email: string; password: string },
  caller: Headers,
): Promise<readonly string[]> {
  try {
    return (await signIn({ email, password }, caller)).setCookies;
  } catch (error) {
    reportProblem(error);
    return [];
  }
}
