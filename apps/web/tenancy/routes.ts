import { RowhouseError } from "rowhouse";
import { problemResponse } from "rowhouse/http";
import { assertOwnOrigin } from "@/api/assert-own-origin";
import { findCaller } from "@/identity/find-caller";
import type { Permission } from "./permissions";
import { requestOrigin } from "./request-origin";
import { tellProblem } from "./tell-problem";
import { tenancy, type Tenant } from "./tenancy";

interface RouteInput<P> {
  readonly params: Promise<P>;
}

/** Gives the response with `answer`. The scope is open until the work is over, so that a body may still be read from it. */
type Respond = (tenant: Tenant, request: Request, answer: (response: Response) => void) => Promise<void>;

/**
 * What is no page among an organization's addresses: a picture, a file. As with pages, the organization comes from the
 * address and is joined to the caller's membership; unknown and foreign ones are the same 404. Refusals are problem details.
 */
export function organizationRoute<P extends { orgSlug: string }>(permission: Permission, respond: Respond) {
  return function answerRoute(request: Request, input: RouteInput<P>): Promise<Response> {
    return new Promise((resolve) => {
      enterRoute(request, input, async (tenant) => {
        tenant.assertCan(permission);
        await respond(tenant, request, resolve);
        // Also what goes wrong after the answer began is told of.
      }).catch(async (error: unknown) => resolve(problemResponse(await tellProblem(error))));
    });
  };
}

async function enterRoute<P extends { orgSlug: string }>(
  request: Request,
  { params }: RouteInput<P>,
  work: (tenant: Tenant) => Promise<void>,
): Promise<void> {
  assertOwnOrigin(request);
  const [{ orgSlug }, user] = await Promise.all([params, findCaller(request.headers)]);
  if (user === undefined) throw new RowhouseError("UNAUTHENTICATED", "Sign in first.");
  const { signal } = request;
  const origin = requestOrigin(request.headers);
  await tenancy().enter({ organization: orgSlug, user: user.id, signal, origin }, async (tenant) => {
    if (tenant.organization.slug !== orgSlug) throw new RowhouseError("NOT_FOUND", "There is nothing at this address.");
    await work(tenant);
  });
}
