import type { Transaction } from "kysely";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import type { Pool } from "../database/pool.ts";
import type { RequestOrigin } from "../tenant/audit-event.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Organization } from "../tenant/organization.ts";
import { createOrganization, newOrganizationId, type Profile } from "./create-organization.ts";

export interface SignUpInput {
  readonly organizationName: string;
  readonly origin?: RequestOrigin | undefined;
}

export interface SignedUp {
  readonly userId: string;
  readonly organization: Organization;
}

/** See `Tenancy.signUp`. The pool is the identity role's, which alone writes users. */
export async function signUp<Tables>(
  pool: Pool,
  { organizationName, origin }: SignUpInput,
  createUser: (db: Transaction<Tables>) => Promise<Profile & { readonly id: string }>,
): Promise<SignedUp> {
  const id = newOrganizationId();
  const db = openUnscoped<ControlPlane>(pool, { ...noContext, organizationId: id });
  return db.transaction().execute(async (transaction) => {
    const { id: userId, ...owner } = await createUser(transaction as unknown as Transaction<Tables>);
    const organization = await createOrganization(transaction, {
      id,
      name: organizationName,
      ownerId: userId,
      owner: { name: owner.name, email: owner.email },
      origin,
    });
    return { userId, organization };
  });
}
