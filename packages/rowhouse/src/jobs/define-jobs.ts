import type { z } from "zod";
import { isRowhouseError, RowhouseError, type ErrorCode } from "../errors.ts";
import { toFieldError } from "../field-error-code.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { endBefore } from "./end-before.ts";
import { enqueueSealed } from "./enqueue-sealed.ts";
import type { JobEntry } from "./get-job-standing.ts";
import { openEnvelope, type JobEnvelope } from "./job-envelope.ts";
import { Seal, type Secrets } from "./seal.ts";

/** A run of a job: the how-manieth, and a signal that fires when it should end. */
export interface JobRun {
  /** From 1. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  readonly signal: AbortSignal;
}

/** One kind of work that is done after the request that asked for it. */
export interface Job<DB, P extends string, Payload> {
  /** Asked when a job is queued and again when it runs. Must be plain JSON. */
  readonly payload: z.ZodType<Payload>;
  /** All that the job may do. Default: nothing that has to be allowed. */
  readonly permissions?: readonly P[];
  /**
   * What whoever queued the job must still be allowed to do when it runs. `null` when it is to be done even for somebody who
   * is gone by then, as a mail about their removal. Jobs that the system itself queued are not asked.
   */
  readonly requires: P | null;
  /** Default 8; between them it waits longer each time, from seconds to half an hour. */
  readonly maxAttempts?: number;
  /** Milliseconds before a run is given up. Default and most: five minutes. */
  readonly timeoutMs?: number;
  run(tenant: Tenant<DB, P>, payload: Payload, run: JobRun): Promise<void>;
}

interface JobSettings<DB, P extends string, Payloads> {
  readonly tenancy: JobScopes<DB, P>;
  /** At least 32 random characters. Jobs that were queued with a secret that is not here any more fail. */
  readonly secret: Secrets;
  readonly jobs: { readonly [Name in keyof Payloads]: Job<DB, P, Payloads[Name]> };
  /** Told of a job that ended without being run, because of its organization or of whoever asked for it. */
  readonly onRefused?: (line: string) => void;
}

/** The part of a tenancy that jobs need. */
interface JobScopes<DB, P extends string> {
  enterJob(entry: JobEntry<P>, work: (tenant: Tenant<DB, P>) => Promise<void>): Promise<void>;
}

/** What a worker runs: a job's name, the envelope as it was queued, and the run. */
export interface RunnableJobs {
  readonly names: readonly string[];
  run(name: string, queued: unknown, run: JobRun): Promise<void>;
}

export const mostAttempts = 8;
const mostMs = 300_000;
const refusals: ReadonlySet<ErrorCode> = new Set(["NOT_FOUND", "ORGANIZATION_SUSPENDED", "FORBIDDEN"]);

/**
 * The jobs of an application, by name. A job is queued with a transaction, carries its organization in a sealed envelope and
 * runs in a scope of that organization alone.
 *
 * ```ts
 * const jobs = defineJobs({ tenancy, secret, jobs: {
 *   "archive-project": {
 *     payload: z.object({ id: z.uuid() }),
 *     permissions: ["projects:update"],
 *     requires: "projects:update",
 *     run: (tenant, { id }) => archiveProject(tenant, id),
 *   },
 * } });
 * await tenant.transaction((tenant) => jobs.enqueue(tenant, { job: "archive-project", payload: { id } }));
 * ```
 *
 * @throws RowhouseError INVALID_SETTINGS
 */
export function defineJobs<DB, P extends string, Payloads extends Record<string, unknown>>(
  settings: JobSettings<DB, P, Payloads>,
): Jobs<DB, P, Payloads> {
  return new Jobs(settings);
}

/** See {@link defineJobs}. */
export class Jobs<DB, P extends string, Payloads extends Record<string, unknown>> implements RunnableJobs {
  readonly names: readonly string[];
  readonly #settings: JobSettings<DB, P, Payloads>;
  readonly #seal: Seal;

  constructor(settings: JobSettings<DB, P, Payloads>) {
    this.#settings = settings;
    this.#seal = jobSeal(settings.secret);
    this.names = Object.keys(settings.jobs);
    const wrong = this.names.filter((name) => !/^[a-z][a-z0-9-]{0,59}$/.test(name));
    if (wrong.length > 0) {
      throw new RowhouseError("INVALID_SETTINGS", `Jobs are named like archive-project; ${wrong.join(", ")} is not.`);
    }
  }

  /**
   * Queues a job with the transaction that the handle belongs to.
   *
   * @throws RowhouseError INVALID_INPUT for a payload that the job would refuse
   */
  async enqueue<Name extends keyof Payloads & string>(
    tenant: Tenant<DB, P>,
    input: {
      readonly job: Name;
      readonly payload: Payloads[Name];
      /** One job of this name and key waits at a time in an organization; a later one takes the place of an earlier. */
      readonly key?: string;
      readonly runAt?: Date;
    },
  ): Promise<void> {
    const { job: name, key, runAt } = input;
    const job = this.#settings.jobs[name];
    const payload: unknown = JSON.parse(JSON.stringify(input.payload ?? null));
    const checked = job.payload.safeParse(payload);
    if (!checked.success) {
      const fields = checked.error.issues.map((issue) => toFieldError(issue, payload, "payload"));
      throw new RowhouseError("INVALID_INPUT", `The payload of the job ${name} is wrong.`, { fields });
    }
    const maxAttempts = job.maxAttempts ?? mostAttempts;
    await enqueueSealed(tenant, this.#seal, { job: name, payload, key, runAt, maxAttempts });
  }

  /**
   * Runs what was queued, in the scope of its organization. Ends without running it, with a line, when the organization is
   * gone or suspended, or when whoever asked may not any more.
   *
   * @throws RowhouseError SEAL_BROKEN, and whatever the job throws
   */
  async run(name: string, queued: unknown, run: JobRun): Promise<void> {
    const job = this.#find(name);
    const envelope = openEnvelope(this.#seal, name, queued);
    const payload = job.payload.parse(envelope.payload);
    const timeout = AbortSignal.timeout(Math.min(job.timeoutMs ?? mostMs, mostMs));
    const signal = AbortSignal.any([run.signal, timeout]);
    const { organization, requestedBy } = envelope;
    const { permissions = [], requires } = job;
    const entry: JobEntry<P> = { organization, job: name, permissions, requestedBy, requires, signal };
    let hasBegun = false;
    try {
      await this.#settings.tenancy.enterJob(entry, async (tenant) => {
        hasBegun = true;
        await endBefore(signal, `The job ${name}`, () => job.run(tenant, payload, { ...run, signal }));
      });
    } catch (error) {
      if (hasBegun || !isRowhouseError(error) || !refusals.has(error.code)) throw error;
      this.#refuse(envelope, error);
    }
  }

  #find(name: string): Job<DB, P, Payloads[string]> {
    const job = Object.hasOwn(this.#settings.jobs, name) ? this.#settings.jobs[name] : undefined;
    if (job === undefined) throw new TypeError(`There is no job "${name}"; known are ${this.names.join(", ")}.`);
    return job;
  }

  #refuse({ job, organization }: JobEnvelope, { code, message }: RowhouseError): void {
    const line = `The job ${job} of organization ${organization} was not run (${code}): ${message}`;
    (this.#settings.onRefused ?? reportRefused)(line);
  }
}

/** What seals the envelopes of jobs made with this secret. */
export function jobSeal(secret: Secrets): Seal {
  return new Seal(secret, "jobs");
}

function reportRefused(line: string): void {
  process.stderr.write(`rowhouse: ${line}\n`);
}
