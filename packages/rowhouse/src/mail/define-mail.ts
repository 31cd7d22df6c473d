import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { RowhouseError } from "../errors.ts";
import { toFieldError } from "../field-error-code.ts";
import { jobSeal, mostAttempts } from "../jobs/define-jobs.ts";
import { enqueueSealed } from "../jobs/enqueue-sealed.ts";
import { Seal, type Secrets } from "../jobs/seal.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { isForgotten } from "./list-organizations-with-old-mail.ts";
import type { ClaimedMail, OpenedMail } from "./mail-store.ts";
import { parseRecipient } from "./parse-recipient.ts";

/** A mail to be sent: to whom, by which template, with what. */
export type MailInput<Templates> = {
  [Name in keyof Templates & string]: {
    readonly to: string;
    readonly template: Name;
    readonly data: Templates[Name];
    /** Language of the mail, as `de`. Default `en`. */
    readonly locale?: string | undefined;
  };
}[keyof Templates & string];

export interface MailSettings<Templates> {
  /** At least 32 random characters; seals what is in the outbox. The same as that of the jobs. */
  readonly secret: Secrets;
  /** What each template needs: plain JSON, or what comes back from it, as dates with `z.coerce.date()`. */
  readonly templates: { readonly [Name in keyof Templates]: z.ZodType<unknown, Templates[Name]> };
}

/** A mail as it lies in an outbox: its data sealed to the outbox and the mail's id. */
export interface SealedMail {
  readonly recipient: string;
  readonly template: string;
  readonly data: string;
}

export const deliverJob = "deliver-mail";

const contentShape = z.object({ locale: z.string(), data: z.unknown() });

/** The mails of an application, by template: written with a tenant's transaction, sent later by `deliverMailsOf`. */
export function defineMail<Templates extends Record<string, unknown>>(
  settings: MailSettings<Templates>,
): Mail<Templates> {
  return new Mail(settings);
}

/** See {@link defineMail}. */
export class Mail<Templates extends Record<string, unknown>> {
  readonly #templates: ReadonlyMap<string, z.ZodType>;
  readonly #seal: Seal;
  readonly #jobSeal: Seal;

  constructor({ secret, templates }: MailSettings<Templates>) {
    this.#templates = new Map(Object.entries<z.ZodType>(templates));
    this.#seal = new Seal(secret, "mail");
    this.#jobSeal = jobSeal(secret);
  }

  /**
   * Queues a mail with the transaction that the handle belongs to: both commit, or neither.
   *
   * @throws RowhouseError INVALID_INPUT for an address that is none, or data that the template does not take
   */
  async queue<DB, P extends string>(tenant: Tenant<DB, P>, input: MailInput<Templates>): Promise<void> {
    await tenant.transaction(async (within) => {
      const id = uuidv7();
      await controlPlaneOf(within)
        .insertInto("rowhouse.outbox")
        .values({ id, ...this.seal(input, [within.organization.id, id]) })
        .execute();
      await this.#enqueue(within, id);
    });
  }

  /** Queues mail again that waits without a job, the oldest first. Gives back how many. */
  async requeue<DB, P extends string>(tenant: Tenant<DB, P>): Promise<number> {
    return tenant.transaction(async (within) => {
      const query = controlPlaneOf(within).selectFrom("rowhouse.outbox").select("id").where(isForgotten);
      const forgotten = await query.orderBy("nextAttemptAt").limit(1000).execute();
      for (const { id } of forgotten) await this.#enqueue(within, id);
      return forgotten.length;
    });
  }

  /**
   * For an outbox of one's own, as that of mails that belong to no organization.
   *
   * @throws RowhouseError INVALID_INPUT
   */
  seal(input: MailInput<Templates>, boundTo: readonly [place: string, id: string]): SealedMail {
    const { to, template, locale = "en" } = input;
    const recipient = parseRecipient(to);
    const data: unknown = JSON.parse(JSON.stringify(input.data));
    const checked = this.#schema(template).safeParse(data);
    if (!checked.success) {
      const fields = checked.error.issues.map((issue) => toFieldError(issue, data, "data"));
      throw new RowhouseError("INVALID_INPUT", `The data of the mail ${template} is wrong.`, { fields });
    }
    return { recipient, template, data: this.#seal.close(JSON.stringify({ locale, data }), boundTo) };
  }

  /** @throws RowhouseError SEAL_BROKEN */
  open(mail: Pick<ClaimedMail, "template" | "data">, boundTo: readonly [place: string, id: string]): OpenedMail {
    const { locale, data } = contentShape.parse(JSON.parse(this.#seal.open(mail.data, boundTo)));
    return { template: mail.template, locale, data: this.#schema(mail.template).parse(data) };
  }

  /** A mail's id is the key of its job: it never has two that wait. */
  async #enqueue<DB, P extends string>(tenant: Tenant<DB, P>, id: string): Promise<void> {
    const job = { job: deliverJob, payload: { id }, key: id, maxAttempts: mostAttempts };
    await enqueueSealed(tenant, this.#jobSeal, job);
  }

  #schema(template: string): z.ZodType {
    const schema = this.#templates.get(template);
    if (schema !== undefined) return schema;
    const known = [...this.#templates.keys()].join(", ");
    throw new TypeError(`There is no mail template "${template}"; known are ${known}.`);
  }
}
