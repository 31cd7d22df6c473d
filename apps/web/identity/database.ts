import type { ColumnType, Generated } from "kysely";
import type { MailRow } from "rowhouse";

type Timestamp = ColumnType<Date, Date | undefined, Date>;

/** What the link in a mail about an account is for: also the mail's template, and the path of the page it leads to. */
export type MailLinkPurpose = "reset-password" | "verify-address";

/** The tables of schema `auth` that we write ourselves: some of the sign-in library's, and our own. */
export interface IdentityDatabase {
  "auth.users": { id: string; name: string; email: string; emailVerified: Generated<boolean> };
  "auth.accounts": { id: string; userId: string; accountId: string; providerId: string; password: string };
  "auth.sessions": { id: string; userId: string };
  "auth.mailLinks": { userId: string; purpose: MailLinkPurpose; tokenHash: Buffer; email: string; expiresAt: Date };
  "auth.mail": MailRow;
  "auth.mailbox": {
    id: string;
    recipient: string;
    subject: string;
    html: string;
    text: string;
    createdAt: Timestamp;
  };
}
