import { z } from "zod";
import type { Job } from "../jobs/define-jobs.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { deliverJob } from "./define-mail.ts";
import type { OpenedMail } from "./mail-store.ts";
import { deliverMail, type MailOpener, type MailRenderer } from "./deliver-mail.ts";
import type { MailStore } from "./mail-store.ts";
import type { MailTransport } from "./mail-transport.ts";
import { TenantOutbox } from "./tenant-outbox.ts";

interface DeliverySettings<DB, P extends string> {
  readonly render: MailRenderer;
  readonly transport: MailTransport;
  /** Runs with the change of a mail to sent, in the same transaction, with the permissions below. */
  readonly onSent?: (tenant: Tenant<DB, P>, mail: OpenedMail) => Promise<void>;
  readonly permissions?: readonly P[];
}

const payload = z.object({ id: z.uuid() });

export interface MailDelivery<DB, P extends string> {
  /** To be spread into the jobs of `defineJobs`, with the same secret. */
  readonly jobs: { readonly [deliverJob]: Job<DB, P, z.output<typeof payload>> };
  /**
   * Tries once to send a mail of an outbox of one's own.
   *
   * @throws RowhouseError MAIL_NOT_SENT when it should be tried again
   */
  deliver(store: MailStore, id: string, signal: AbortSignal): Promise<void>;
}

/** The job that sends what `mail` queued: rendered and handed over here, in the process of the worker. */
export function deliverMailsOf<DB, P extends string>(
  mail: MailOpener,
  settings: DeliverySettings<DB, P>,
): MailDelivery<DB, P> {
  const { render, transport, onSent = async () => undefined, permissions = [] } = settings;
  const deliver: MailDelivery<DB, P>["deliver"] = (store, id, signal) =>
    deliverMail({ store, id, signal, mail, render, transport });
  // It tells of what was decided; who decided it may be gone by now.
  const requires = null;
  return {
    jobs: {
      [deliverJob]: {
        payload,
        permissions,
        requires,
        run: (tenant, { id }, { signal }) => deliver(new TenantOutbox(tenant, onSent), id, signal),
      },
    },
    deliver,
  };
}
