import type { DomainMailbox } from "rowhouse";

/** The mailboxes to choose from, for the browser too; the library says which there can be. */
export const mailboxes = ["admin", "postmaster", "hostmaster", "webmaster"] as const satisfies readonly DomainMailbox[];
