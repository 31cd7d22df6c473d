import { tenancy } from "@/tenancy/tenancy";

/** Where somebody goes who asked for no page: their first organization, or making one. */
export async function landingPath(userId: string): Promise<string> {
  const [first] = await tenancy().listOrganizations(userId);
  return first === undefined ? "/new" : `/${first.organization.slug}/dashboard`;
}
