import { defineJobs, type MailDelivery } from "rowhouse";
import { webSettings } from "../settings.ts";
import type { Database } from "../tenancy/database.ts";
import type { Permission } from "../tenancy/permissions.ts";
import { tenancy } from "../tenancy/tenancy.ts";

/** The product's jobs. Add one here, and queue it with `enqueue` in the transaction that calls for it. */
export function jobs(mails: MailDelivery<Database, Permission>) {
  return defineJobs({ tenancy: tenancy(), secret: webSettings().secret, jobs: { ...mails.jobs } });
}
