import { validate as isUuid } from "uuid";
import { RowhouseError } from "../errors.ts";
import { organizationHeader } from "../tenant/locate-organization.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { callerOf, countCaller } from "./count-attempts.ts";
import type { Call, Reply } from "./call.ts";

/**
 * Opens the tenant that the path names, or else the X-Organization header. Either is a claim that is joined to the
 * caller's membership. The library also finds organizations by id; in addresses a slug is the only form.
 *
 * A slug that the organization has given up is served, and the answer says which it has now: redirects are for people
 * who see and copy addresses. Of programs many follow none for a POST, some drop the body or the key on the way, and for
 * the header there is nowhere to redirect to.
 */
export async function enterOrganization(call: Call, work: (tenant: Tenant<unknown>) => Promise<Reply>): Promise<Reply> {
  const { request, api, origin } = call;
  return api.tenancy.enterRequest(
    request,
    async (tenant) => {
      await countCaller(call, callerOf(tenant));
      const current = currentSlug(call, tenant);
      const reply = await work(tenant);
      return current === undefined ? reply : { ...reply, currentSlug: current };
    },
    { pathPrefix: `${api.mount}/organizations`, origin },
  );
}

/**
 * The organization's slug, where it was asked for by a former one.
 *
 * @throws RowhouseError NOT_FOUND where it was asked for by its id
 */
function currentSlug({ request, parameters }: Call, { organization }: Tenant<unknown>): string | undefined {
  const claim = parameters.orgSlug ?? request.headers.get(organizationHeader) ?? organization.slug;
  if (isUuid(claim)) {
    throw new RowhouseError("NOT_FOUND", "There is no such organization, or you are not a member of it.");
  }
  return claim === organization.slug ? undefined : organization.slug;
}
