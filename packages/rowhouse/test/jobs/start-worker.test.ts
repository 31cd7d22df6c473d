import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hurry, openJobsFixture, until, type JobsFixture } from "./jobs-fixture.ts";

let fixture: JobsFixture;

beforeEach(async () => {
  fixture = await openJobsFixture();
});

afterEach(() => fixture[Symbol.asyncDispose]());

async function enqueue(name: string, key?: string): Promise<void> {
  await fixture.two.inAcme((tenant) =>
    tenant.transaction((within) =>
      fixture.jobs.enqueue(within as never, {
        job: "create-project",
        payload: { name },
        ...(key === undefined ? {} : { key }),
      }),
    ),
  );
}

const acmeNames = () => fixture.projectNames(fixture.two.acme.id);

describe("a queued job", () => {
  it("is run by a worker, as its own role, and leaves the queue", async () => {
    await enqueue("from the queue");
    await fixture.work();
    await until(async () => (await fixture.queued()).length === 0, "an empty queue");
    expect(await acmeNames()).toEqual(["acme secret", "from the queue"]);
  });

  it("is not there when its transaction is rolled back", async () => {
    const failing = fixture.two.inAcme((tenant) =>
      tenant.transaction(async (within) => {
        await fixture.jobs.enqueue(within, { job: "create-project", payload: { name: "never" } });
        throw new Error("changed my mind");
      }),
    );
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await fixture.queued()).toEqual([]);
  });

  it("is run once by two workers", async () => {
    for (let index = 0; index < 20; index += 1) await enqueue(`number ${index}`);
    await Promise.all([fixture.work(), fixture.work()]);
    await until(async () => (await fixture.queued()).length === 0, "an empty queue");
    expect((await acmeNames()).sort()).toEqual(
      ["acme secret", ...Array.from({ length: 20 }, (_, index) => `number ${index}`)].sort(),
    );
  });

  it("that fails is tried again, later each time, and told of", async () => {
    const attempts: number[] = [];
    const trouble: string[] = [];
    const { create } = fixture.behaviour;
    fixture.behaviour.create = async (tenant, name, run) => {
      attempts.push(run.attempt);
      if (run.attempt < 3) throw new Error("not yet");
      await create(tenant, name, run);
    };
    await enqueue("at last");
    await fixture.work({ onTrouble: (line) => trouble.push(line) });
    await until(async () => {
      await hurry(fixture.two.fixture);
      return (await fixture.queued()).length === 0;
    }, "an empty queue");
    expect(attempts).toEqual([1, 2, 3]);
    expect(await acmeNames()).toEqual(["acme secret", "at last"]);
    expect(trouble.filter((line) => line.includes("not yet"))).not.toEqual([]);
  });

  it("takes the place of one with the same key in its organization, and of none elsewhere", async () => {
    await enqueue("first", "k");
    await enqueue("second", "k");
    await fixture.two.inGlobex((tenant) =>
      fixture.jobs.enqueue(tenant as never, { job: "create-project", payload: { name: "of globex" }, key: "k" }),
    );
    await fixture.work();
    await until(async () => (await fixture.queued()).length === 0, "an empty queue");
    expect(await acmeNames()).toEqual(["acme secret", "second"]);
    expect(await fixture.projectNames(fixture.two.globex.id)).toEqual(["globex secret", "of globex"]);
  });

  it("of a worker that was killed comes free after ten minutes", async () => {
    await enqueue("left behind");
    await fixture.two.fixture.admin.query(
      "update graphile_worker._private_jobs set locked_at = now() - interval '11 minutes', locked_by = 'dead', attempts = 1",
    );
    await fixture.work();
    await until(async () => (await fixture.queued()).length === 0, "an empty queue");
    expect(await acmeNames()).toEqual(["acme secret", "left behind"]);
  });
});

describe("a worker that stops", () => {
  it("waits for the job that runs", async () => {
    const { create } = fixture.behaviour;
    let began = false;
    fixture.behaviour.create = async (tenant, name, run) => {
      began = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
      await create(tenant, name, run);
    };
    await enqueue("almost done");
    const worker = await fixture.work();
    await until(() => began, "a job that runs");
    await worker.stop();
    expect(await acmeNames()).toEqual(["acme secret", "almost done"]);
    expect(await fixture.queued()).toEqual([]);
  });

  it("gives back a job that does not end, for the next worker", async () => {
    let began = 0;
    fixture.behaviour.create = async () => {
      began += 1;
      await new Promise(() => undefined);
    };
    await enqueue("stuck");
    const worker = await fixture.work();
    await until(() => began === 1, "a job that runs");
    await worker.stop();
    const [job] = await fixture.queued();
    expect(job).toMatchObject({ taskIdentifier: "tenant/create-project", lockedBy: null });
  });
});

describe("the queue's tables", () => {
  it("are out of reach of the role that serves tenants, and of the identity role", async () => {
    await enqueue("secret");
    const client = new pg.Client({ connectionString: fixture.two.fixture.runtimeUrl });
    await client.connect();
    try {
      for (const text of [
        "select * from graphile_worker._private_jobs",
        "delete from graphile_worker._private_jobs",
        "select graphile_worker.add_job('tenant/create-project', '{}')",
        "select * from graphile_worker.jobs",
      ]) {
        await expect(client.query(text), text).rejects.toMatchObject({ code: "42501" });
      }
    } finally {
      await client.end();
    }
  });

  it("take nothing for another organization than that of the context", async () => {
    const { acme, globex, fixture: database } = fixture.two;
    const client = new pg.Client({ connectionString: database.runtimeUrl });
    await client.connect();
    const call = (organization: string) =>
      client.query("select rowhouse.enqueue_job('create-project', $1, null, null, 3)", [
        JSON.stringify({ organization, sealed: "v1.x" }),
      ]);
    try {
      await expect(call(acme.id)).rejects.toMatchObject({ code: "42501" });
      await client.query("begin");
      await client.query("select set_config('rowhouse.organization_id', $1, true)", [acme.id]);
      await expect(call(globex.id)).rejects.toMatchObject({ code: "42501" });
      await client.query("rollback");
    } finally {
      await client.end();
    }
    expect(await fixture.queued()).toEqual([]);
  });

  it("are all that the worker's role can reach", async () => {
    const client = new pg.Client({ connectionString: fixture.workerUrl });
    await client.connect();
    try {
      for (const text of [
        "select * from projects",
        "select * from rowhouse.outbox",
        "select * from rowhouse.memberships",
        "select rowhouse.enqueue_job('x', '{}', null, null, 1)",
        "create table graphile_worker.mine (id int)",
      ]) {
        await expect(client.query(text), text).rejects.toMatchObject({ code: "42501" });
      }
      await expect(client.query("select * from graphile_worker._private_jobs")).resolves.toBeDefined();
    } finally {
      await client.end();
    }
  });
});
