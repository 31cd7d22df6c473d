import type { ColumnType, Generated } from "kysely";

type Timestamp = ColumnType<Date, Date | undefined, Date>;

/** The tables of the sign-in library that we write ourselves, at sign-up. Kysely knows them as in schema `auth`. */
export interface IdentityDatabase {
  "auth.users": { id: string; name: string; email: string; emailVerified: Generated<boolean> };
  "auth.accounts": { id: string; userId: string; accountId: string; providerId: string; password: string };
  "auth.mail": {
    id: string;
    recipient: string;
    template: string;
    data: string;
    status: Generated<"waiting" | "sent" | "failed">;
    attempts: Generated<number>;
    nextAttemptAt: Timestamp;
    lastError: string | null;
    createdAt: Timestamp;
    sentAt: Date | null;
  };
  "auth.mailbox": {
    id: string;
    recipient: string;
    subject: string;
    html: string;
    text: string;
    createdAt: Timestamp;
  };
}
