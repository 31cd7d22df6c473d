import { RowhouseError } from "rowhouse";
import type { Language } from "@/i18n/language";
import { tenancy } from "@/tenancy/tenancy";
import { identities } from "./identities";
import type { SessionUser } from "./find-caller";
import { deadLink, findMailLink, takeMailLink, sendMailLink } from "./mail-link";

interface FollowedLink {
  readonly token: string;
  readonly userId: string;
}

const purpose = "verify-address";
const forOneAccount = { name: "address-verification", limit: 3, windowSeconds: 900 };

/**
 * Sends the link once more that confirms somebody's address.
 *
 * @throws RowhouseError CONFLICT for an address that is confirmed, TOO_MANY_REQUESTS
 */
export async function requestVerification(user: Omit<SessionUser, "name">, language: Language): Promise<void> {
  const { id, email, emailVerified } = user;
  if (emailVerified) throw new RowhouseError("CONFLICT", "Your address is confirmed already.");
  await tenancy().rateLimits.limit(forOneAccount, id);
  await identities()
    .transaction()
    .execute((db) => sendMailLink(db, { purpose, email, language }));
}

/** What the link of a mail is to somebody who is signed in. */
export async function readVerification({ token, userId }: FollowedLink): Promise<"open" | "another account" | "dead"> {
  const link = await findMailLink(identities(), { purpose, token });
  if (link === undefined) return "dead";
  return link.userId === userId ? "open" : "another account";
}

/**
 * Marks an address as confirmed, for the account that is signed in alone: the owner of a mailbox must not confirm it for a
 * stranger who signed up with their address, and would then be let in by their domain.
 *
 * @throws RowhouseError NOT_FOUND
 */
export async function verifyAddress({ token, userId }: FollowedLink): Promise<void> {
  await identities()
    .transaction()
    .execute(async (db) => {
      const link = await takeMailLink(db, { purpose, token });
      // Thrown within the transaction, so that the link is there still for its owner.
      if (link.userId !== userId) throw deadLink();
      await db.updateTable("auth.users").set({ emailVerified: true }).where("id", "=", userId).execute();
    });
}
