import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { restoreOrganization, suspendOrganization, type Actor, type JobRun } from "../../src/index.ts";
import { openEnvelope, sealEnvelope, type SealedEnvelope } from "../../src/jobs/job-envelope.ts";
import { jobSeal } from "../../src/jobs/define-jobs.ts";
import { defineFixtureJobs, openJobsFixture, secret, type JobsFixture } from "./jobs-fixture.ts";

let fixture: JobsFixture;

beforeEach(async () => {
  fixture = await openJobsFixture();
});

afterEach(() => fixture[Symbol.asyncDispose]());

const run: JobRun = { attempt: 1, isLastAttempt: false, signal: new AbortController().signal };

/** An envelope as it would lie in the queue. */
function envelope(organization: string, requestedBy?: Exclude<Actor, { kind: "job" }>, job = "create-project") {
  return sealEnvelope(jobSeal(secret), { organization, job, requestedBy, payload: { name: "made by a job" } });
}

const owner = () => ({ kind: "user", userId: fixture.two.acme.ownerId }) as const;

describe("a job's scope", () => {
  it("is that of the organization it was queued in, with the job as the actor and its permissions alone", async () => {
    const { acme, globex } = fixture.two;
    let seen: unknown;
    fixture.behaviour.create = async (tenant) => {
      seen = { actor: tenant.actor, can: [tenant.can("projects:create"), tenant.can("projects:read")] };
      await tenant.db.insertInto("projects").values({ name: "made by a job" }).execute();
      expect(tenant.canGive("viewer")).toBe(false);
    };
    await fixture.jobs.run("create-project", envelope(acme.id, owner()), run);
    expect(seen).toEqual({
      actor: { kind: "job", job: "create-project", requestedBy: owner() },
      can: [true, false],
    });
    expect(await fixture.projectNames(acme.id)).toEqual(["acme secret", "made by a job"]);
    expect(await fixture.projectNames(globex.id)).toEqual(["globex secret"]);
  });

  it("ends when its time is over, also when the job does not listen to its signal", async () => {
    const queued = sealEnvelope(jobSeal(secret), {
      organization: fixture.two.acme.id,
      job: "never-ends",
      requestedBy: undefined,
      payload: null,
    });
    await expect(fixture.jobs.run("never-ends", queued, run)).rejects.toMatchObject({ code: "CANCELED" });
  });

  it("passes on who asked to the jobs that it queues", async () => {
    const { tenancy, acme } = fixture.two;
    fixture.behaviour.create = (tenant, name) =>
      name === "made by a job"
        ? fixture.jobs.enqueue(tenant, { job: "create-project", payload: { name: "second" } })
        : Promise.resolve();
    await fixture.jobs.run("create-project", envelope(acme.id, owner()), run);
    const { rows } = await fixture.two.fixture.admin.query<{ payload: SealedEnvelope }>(
      "select payload from graphile_worker._private_jobs",
    );
    expect(openEnvelope(jobSeal(secret), "create-project", rows[0]?.payload).requestedBy).toEqual(owner());
    expect(tenancy.getTenantContext()).toBeUndefined();
  });
});

describe("an envelope", () => {
  it.each([
    ["the organization changed", (one: SealedEnvelope) => ({ ...one, organization: fixture.two.globex.id })],
    ["a character of the sealed text changed", (one: SealedEnvelope) => ({ ...one, sealed: flip(one.sealed) })],
    ["an empty text", (one: SealedEnvelope) => ({ ...one, sealed: "" })],
    ["a version nobody knows", (one: SealedEnvelope) => ({ ...one, sealed: `v9${one.sealed.slice(2)}` })],
    ["no envelope at all", () => ({ name: "made by a job" })],
    ["null", () => null],
  ])("with %s is refused, and nothing runs", async (_what, change) => {
    const queued = change(envelope(fixture.two.acme.id));
    await expect(fixture.jobs.run("create-project", queued, run)).rejects.toMatchObject({ code: "SEAL_BROKEN" });
    expect(await fixture.projectNames(fixture.two.acme.id)).toEqual(["acme secret"]);
    expect(await fixture.projectNames(fixture.two.globex.id)).toEqual(["globex secret"]);
  });

  it("of one job does not open another", async () => {
    const queued = envelope(fixture.two.acme.id, undefined, "note-removal");
    await expect(fixture.jobs.run("create-project", queued, run)).rejects.toMatchObject({ code: "SEAL_BROKEN" });
  });

  it("of another secret is refused; of a former secret it opens", async () => {
    const other = "another-test-secret-of-enough-length";
    const sealed = { organization: fixture.two.acme.id, job: "create-project", requestedBy: undefined, payload: 1 };
    const queued = sealEnvelope(jobSeal(other), sealed);
    expect(() => openEnvelope(jobSeal(secret), "create-project", queued)).toThrow(/does not open/);
    expect(openEnvelope(jobSeal([secret, other]), "create-project", queued).payload).toBe(1);
  });

  it("shows nothing of its payload", () => {
    expect(JSON.stringify(envelope(fixture.two.acme.id))).not.toContain("made by");
  });
});

describe("a job ends quietly, with one line,", () => {
  it("when its organization is suspended, and runs again once it is restored", async () => {
    const { acme, fixture: database } = fixture.two;
    const staff = database.open({}, { operatorUrl: database.operatorUrl });
    const input = { organizationId: acme.id, reason: "unpaid" };
    await staff.operate({ operator: "ops", reason: "unpaid" }, (operator) => suspendOrganization(operator, input));
    await fixture.jobs.run("create-project", envelope(acme.id, owner()), run);
    expect(fixture.refused).toEqual([expect.stringContaining("ORGANIZATION_SUSPENDED")]);
    expect(await fixture.projectNames(acme.id)).toEqual(["acme secret"]);
    await staff.operate({ operator: "ops", reason: "paid" }, (operator) => restoreOrganization(operator, input));
    await fixture.jobs.run("create-project", envelope(acme.id, owner()), run);
    expect(await fixture.projectNames(acme.id)).toHaveLength(2);
  });

  it("when its organization is gone", async () => {
    await fixture.jobs.run("note-removal", envelope(uuidv7(), undefined, "note-removal"), run);
    expect(fixture.refused).toEqual([expect.stringContaining("NOT_FOUND")]);
  });

  it.each([
    ["was removed", "delete from rowhouse.memberships where organization_id = $1 and user_id = $2"],
    ["was demoted", "update rowhouse.memberships set role = 'viewer' where organization_id = $1 and user_id = $2"],
    [
      "was suspended",
      "update rowhouse.memberships set status = 'suspended' where organization_id = $1 and user_id = $2",
    ],
  ])("when whoever asked for it %s", async (_what, change) => {
    const { acme, fixture: database } = fixture.two;
    const userId = uuidv7();
    const member = "insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'member')";
    await database.admin.query(member, [acme.id, userId]);
    const queued = envelope(acme.id, { kind: "user", userId });
    await fixture.jobs.run("create-project", queued, run);
    expect(await fixture.projectNames(acme.id)).toHaveLength(2);
    await database.admin.query(change, [acme.id, userId]);
    await fixture.jobs.run("create-project", queued, run);
    expect(await fixture.projectNames(acme.id)).toHaveLength(2);
    expect(fixture.refused).toEqual([expect.stringContaining("FORBIDDEN")]);
  });

  it.each([
    ["was revoked", "update rowhouse.api_keys set revoked_at = now() where organization_id = $1"],
    ["ran out", "update rowhouse.api_keys set expires_at = now() where organization_id = $1"],
    ["lost the scope", "update rowhouse.api_keys set scopes = '{projects:read}' where organization_id = $1"],
    [
      "belongs to a disabled account",
      "update rowhouse.service_accounts set status = 'disabled' where organization_id = $1",
    ],
  ])("when the key that asked for it %s", async (_what, change) => {
    const { acme, fixture: database } = fixture.two;
    const { serviceAccountId, keyId } = await insertKey();
    const queued = envelope(acme.id, { kind: "service-account", serviceAccountId, keyId });
    await fixture.jobs.run("create-project", queued, run);
    expect(await fixture.projectNames(acme.id)).toHaveLength(2);
    await database.admin.query(change, [acme.id]);
    await fixture.jobs.run("create-project", queued, run);
    expect(await fixture.projectNames(acme.id)).toHaveLength(2);
    expect(fixture.refused).toHaveLength(1);
  });
});

describe("a job that names no permission", () => {
  it("runs for somebody who is gone: it tells of their removal", async () => {
    const gone = { kind: "user", userId: uuidv7() } as const;
    await fixture.jobs.run("note-removal", envelope(fixture.two.acme.id, gone, "note-removal"), run);
    expect(await fixture.projectNames(fixture.two.acme.id)).toHaveLength(2);
  });
});

describe("queueing", () => {
  it("refuses a payload that the job would refuse, and a secret that is short", async () => {
    const wrong = fixture.two.inAcme((tenant) =>
      fixture.jobs.enqueue(tenant as never, { job: "create-project", payload: { name: "" } }),
    );
    await expect(wrong).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(() => jobSeal("short")).toThrow(/32/);
    const jobs = defineFixtureJobs(fixture.two.tenancy, { behaviour: fixture.behaviour });
    await expect(jobs.run("no-such-job", {}, run)).rejects.toThrow(TypeError);
  });
});

async function insertKey(): Promise<{ serviceAccountId: string; keyId: string }> {
  const { acme, fixture: database } = fixture.two;
  const account =
    "insert into rowhouse.service_accounts (organization_id, name, role, created_by) values ($1, 'robot', 'member', $2) returning id";
  const { rows } = await database.admin.query<{ id: string }>(account, [acme.id, acme.ownerId]);
  const serviceAccountId = rows[0]?.id ?? "";
  const key = `insert into rowhouse.api_keys (organization_id, name, prefix, secret_hash, scopes, service_account_id, created_by)
    values ($1, 'key', 'rh_test', sha256('x'), '{projects:create}', $2, $3) returning id`;
  const made = await database.admin.query<{ id: string }>(key, [acme.id, serviceAccountId, acme.ownerId]);
  return { serviceAccountId, keyId: made.rows[0]?.id ?? "" };
}

function flip(sealed: string): string {
  const at = Math.floor(sealed.length / 2);
  return sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
}
