import {
  defineTenancy,
  expireInvitations,
  listOrganizationsWithOldMail,
  mailDays,
  pruneIdempotencyKeys,
  pruneMail,
  pruneRateLimits,
  type Operator,
  type Tenancy,
} from "rowhouse";
import { sweepLogos, type FileStore } from "rowhouse/files";
import type { SystemTask } from "rowhouse/jobs";
import { pruneIdentityMail } from "../mail/identity-outbox.ts";
import { mail } from "../mail/mail.ts";
import { tables, type Database } from "../tenancy/database.ts";
import { permissions, type Permission } from "../tenancy/permissions.ts";
import { webSettings } from "../settings.ts";

const operator = "nightly";

interface NightlySettings {
  readonly operatorUrl: string;
  /** Left out where this process has no place for files. */
  readonly files?: FileStore | undefined;
}

/** What runs at night, and the connections that it crosses tenants with. */
export interface Nightly extends AsyncDisposable {
  readonly tasks: Readonly<Record<string, SystemTask>>;
}

/**
 * The nightly cleaning-up, each in its own minute. It has a tenancy of its own, so that what serves pages cannot act as the
 * operator.
 */
export function openNightly({ operatorUrl, files }: NightlySettings): Nightly {
  const { runtimeUrl, seal } = webSettings();
  const staff = defineTenancy<Database, Permission>({
    database: { url: runtimeUrl, operatorUrl, seal, maxConnections: 2 },
    tables,
    permissions,
  });
  const repeat = (reason: string, work: (operator: Operator<Database>) => Promise<number>) => async () => {
    await untilDone(() => staff.operate({ operator, reason }, work));
  };
  return {
    tasks: {
      "nightly/expire-invitations": {
        schedule: "5 3 * * *",
        run: repeat("open invitations that ran out are closed", expireInvitations),
      },
      "nightly/prune-idempotency-keys": {
        schedule: "10 3 * * *",
        run: repeat("idempotency keys are kept for a day", pruneIdempotencyKeys),
      },
      "nightly/prune-rate-limits": {
        schedule: "15 3 * * *",
        run: repeat("counters whose window is over are removed", pruneRateLimits),
      },
      "nightly/reverify-domains": {
        schedule: "20 3 * * *",
        run: async () => {
          const input = { operator, reason: "proofs of verified domains are looked at every night" };
          await untilDone(async () => (await staff.domains.reverify(input)).checked);
        },
      },
      "nightly/prune-mail": {
        schedule: "25 3 * * *",
        run: repeat(`mail that went out or was given up is kept for ${mailDays} days`, pruneMail),
      },
      "nightly/prune-identity-mail": { schedule: "30 3 * * *", run: () => pruneIdentityMail() },
      "nightly/sweep-logos": { schedule: "35 3 * * *", run: () => sweep(staff, files) },
      "nightly/requeue-mail": { schedule: "40 3 * * *", run: () => requeueMail(staff) },
    },
    [Symbol.asyncDispose]: () => staff.close(),
  };
}

/** Mail that lost its job goes out after all: an organization was suspended when its turn came, and is not any more. */
async function requeueMail(staff: Tenancy<Database, Permission>): Promise<void> {
  const organizations = await staff.operate(
    { operator, reason: "mail that waits without a job is queued again" },
    listOrganizationsWithOldMail,
  );
  for (const organization of organizations) {
    const entry = { organization, job: "requeue-mail", permissions: [], requires: null };
    await staff.enterJob(entry, (tenant) => mail().requeue(tenant));
  }
}

async function sweep(staff: Tenancy<Database, Permission>, files: FileStore | undefined): Promise<void> {
  if (files === undefined) return;
  const reason = "logos that no organization shows are removed";
  await sweepLogos(files, (work) => staff.operate({ operator, reason }, work));
}

async function untilDone(once: () => Promise<number>): Promise<void> {
  while ((await once()) > 0);
}
