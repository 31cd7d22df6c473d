import { setTimeout as sleep } from "node:timers/promises";
import { vi } from "vitest";
import { z } from "zod";
import { defineJobs, type JobRun, type Tenant } from "../../src/index.ts";
import { startWorker, type WorkerSettings } from "../../src/jobs/index.ts";
import type { Worker } from "../../src/jobs/index.ts";
import { asRole, passwords, type Fixture, type FixtureDatabase } from "../fixture/test-tenancy.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

export const secret = "b3JkaW5hcnktdGVzdC1zZWNyZXQtbm8tMDE3";

// Longer than two waits of `until`, which says what it waited for; the runner's own limit would cut it off without a word.
vi.setConfig({ testTimeout: 70_000 });

type JobTenant = Tenant<FixtureDatabase, "projects:read" | "projects:create" | "projects:update">;

/** What the jobs of the fixture do; a test puts its own in. */
export interface Behaviour {
  create: (tenant: JobTenant, name: string, run: JobRun) => Promise<void>;
}

export interface JobsFixture extends AsyncDisposable {
  readonly two: TwoOrganizations;
  readonly jobs: ReturnType<typeof defineFixtureJobs>;
  readonly behaviour: Behaviour;
  /** The lines of jobs that were not run. */
  readonly refused: string[];
  readonly workerUrl: string;
  /** A worker that ends with the fixture. */
  work(changes?: Partial<WorkerSettings>): Promise<Worker>;
  queued(): Promise<
    { id: string; taskIdentifier: string; attempts: number; key: string | null; lockedBy: string | null }[]
  >;
  /** Lets what waits for its next try be tried now. */
  hurry(): Promise<void>;
  projectNames(organizationId: string): Promise<string[]>;
}

export async function openJobsFixture(): Promise<JobsFixture> {
  const two = await openTwoOrganizations();
  const refused: string[] = [];
  const behaviour: Behaviour = { create: createProject };
  const jobs = defineFixtureJobs(two.tenancy, { behaviour, onRefused: (line) => refused.push(line) });
  const workers: Worker[] = [];
  const { admin } = two.fixture;
  const workerUrl = workerUrlOf(two.fixture);
  return {
    two,
    jobs,
    behaviour,
    refused,
    workerUrl,
    work: async (changes) => {
      const worker = await startWorker({
        databaseUrl: workerUrl,
        jobs,
        onTrouble: (l) => console.error("TROUBLE", l),
        ...changes,
      });
      workers.push(worker);
      return worker;
    },
    queued: async () => {
      const { rows } = await admin.query<{
        id: string;
        taskIdentifier: string;
        attempts: number;
        key: string | null;
        lockedBy: string | null;
      }>(
        `select j.id, t.identifier as "taskIdentifier", j.attempts, j.key, j.locked_by as "lockedBy"
         from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`,
      );
      return rows;
    },
    hurry: () => hurry(two.fixture),
    projectNames: async (organizationId) => {
      const { rows } = await admin.query<{ name: string }>(
        "select name from projects where organization_id = $1 order by created_at, id",
        [organizationId],
      );
      return rows.map(({ name }) => name);
    },
    [Symbol.asyncDispose]: async () => {
      for (const worker of workers) await worker.stop();
      await two[Symbol.asyncDispose]();
    },
  };
}

export function workerUrlOf(fixture: Fixture): string {
  return asRole(fixture.database.url, "rowhouse_worker", passwords.worker);
}

/** Lets what waits for its next try be tried now, and says so to the worker, which looks by itself only every two seconds. */
export async function hurry({ admin }: Fixture): Promise<void> {
  await admin.query("update graphile_worker._private_jobs set run_at = now() where locked_at is null");
  await admin.query("update rowhouse.outbox set next_attempt_at = now() where status = 'waiting' and attempts > 0");
  await admin.query(`select pg_notify('jobs:insert', '{"count":1}')`);
}

/** Waits for a state that a worker brings about. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`It never came to this: ${what}`);
    await sleep(30);
  }
}

async function createProject(tenant: JobTenant, name: string): Promise<void> {
  tenant.assertCan("projects:create");
  await tenant.db.insertInto("projects").values({ name }).execute();
}

interface FixtureJobs {
  readonly behaviour: Behaviour;
  readonly onRefused?: (line: string) => void;
}

export function defineFixtureJobs(
  tenancy: TwoOrganizations["tenancy"],
  { behaviour, onRefused = () => undefined }: FixtureJobs,
) {
  return defineJobs({
    tenancy,
    secret,
    onRefused,
    jobs: {
      "create-project": {
        payload: z.object({ name: z.string().min(1) }),
        permissions: ["projects:create"],
        requires: "projects:create",
        run: (tenant, { name }, run) => behaviour.create(tenant, name, run),
      },
      "note-removal": {
        payload: z.object({ name: z.string() }),
        permissions: ["projects:create"],
        requires: null,
        run: (tenant, { name }, run) => behaviour.create(tenant, name, run),
      },
      "never-ends": {
        payload: z.null(),
        requires: null,
        timeoutMs: 50,
        run: () => new Promise<void>(() => undefined),
      },
    },
  });
}
