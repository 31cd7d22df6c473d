import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  defineJobs,
  defineMail,
  deliverMailsOf,
  listOrganizationsWithOldMail,
  suspendOrganization,
  type MailMessage,
  type MailTransport,
  type OpenedMail,
} from "../../src/index.ts";
import { startWorker, type Worker } from "../../src/jobs/index.ts";
import { openTwoOrganizations, type FixtureTenant, type TwoOrganizations } from "../fixture/two-organizations.ts";
import { hurry, secret, until, workerUrlOf } from "../jobs/jobs-fixture.ts";

const templates = { hello: z.object({ name: z.string(), url: z.url() }), bye: z.object({ name: z.string() }) };
const data = { name: "Ada", url: "https://app.example/join/very-secret-token" };

let two: TwoOrganizations;
let mail: ReturnType<typeof openMail>;
let workers: Worker[];

beforeEach(async () => {
  two = await openTwoOrganizations();
  mail = openMail();
  workers = [];
});

afterEach(async () => {
  for (const worker of workers) await worker.stop();
  await two[Symbol.asyncDispose]();
});

function openMail() {
  return defineMail<{ hello: { name: string; url: string }; bye: { name: string } }>({ secret, templates });
}

/** Keeps what it is given; throws as often as it is told to. */
class Postbox implements MailTransport {
  readonly sent: MailMessage[] = [];
  failures = 0;
  error: unknown = new Error("connection refused");

  async send(message: MailMessage): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (this.failures > 0) {
      this.failures -= 1;
      throw this.error;
    }
    this.sent.push(message);
  }
}

async function work(
  transport: MailTransport,
  onSent: (tenant: FixtureTenant, mail: OpenedMail) => Promise<void> = async () => undefined,
): Promise<void> {
  const render = async ({ template, data: words, locale }: OpenedMail) => {
    const { name } = words as { name: string };
    return { subject: `${template} ${name}`, html: `<p lang="${locale}">${name}</p>`, text: name };
  };
  const delivery = deliverMailsOf(mail, { render, transport, onSent, permissions: ["projects:create"] });
  const jobs = defineJobs({ tenancy: two.tenancy, secret, jobs: delivery.jobs, onRefused: () => undefined });
  const databaseUrl = workerUrlOf(two.fixture);
  workers.push(await startWorker({ databaseUrl, jobs, onTrouble: () => undefined }));
}

const queueHello = (to = "ada@example.com", locale?: string) =>
  two.inAcme((tenant) => mail.queue(tenant, { to, template: "hello", data, locale }));

interface Row {
  id: string;
  status: string;
  attempts: number;
  data: string;
  last_error: string | null;
  organization_id: string;
}

async function outbox(): Promise<Row[]> {
  return (await two.fixture.admin.query<Row>("select * from rowhouse.outbox order by created_at, id")).rows;
}

async function jobCount(): Promise<number> {
  return (await two.fixture.admin.query("select from graphile_worker._private_jobs")).rowCount ?? 0;
}

const settled = () => until(async () => (await outbox()).every(({ status }) => status !== "waiting"), "no mail waits");

describe("a queued mail", () => {
  it("is sent once by two workers, in its language, under the id of its row", async () => {
    const postbox = new Postbox();
    for (let index = 0; index < 10; index += 1) await queueHello(`person${index}@example.com`, "de");
    await Promise.all([work(postbox), work(postbox)]);
    await settled();
    await until(async () => (await jobCount()) === 0, "an empty queue");
    expect(postbox.sent.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: 10 }, (_, index) => `person${index}@example.com`),
    );
    expect(postbox.sent.map(({ id }) => id).sort()).toEqual((await outbox()).map(({ id }) => id).sort());
    expect(postbox.sent[0]?.html).toContain('lang="de"');
  });

  it("is not there when its transaction is rolled back, and neither is its job", async () => {
    const failing = two.inAcme((tenant) =>
      tenant.transaction(async (within) => {
        await mail.queue(within, { to: "ada@example.com", template: "hello", data });
        throw new Error("changed my mind");
      }),
    );
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await outbox()).toEqual([]);
    expect(await jobCount()).toBe(0);
  });

  it("lies sealed, and without its data once it was sent", async () => {
    await queueHello();
    const [waiting] = await outbox();
    expect(waiting?.data).toMatch(/^v1\./);
    expect(JSON.stringify(waiting)).not.toContain("secret-token");
    await work(new Postbox());
    await settled();
    expect(await outbox()).toMatchObject([{ status: "sent", data: "", last_error: null }]);
  });

  it("does not open in another row or another organization", async () => {
    await queueHello();
    const [row] = await outbox();
    if (row === undefined) throw new Error("no mail");
    const sealed = { template: "hello", data: row.data };
    expect(mail.open(sealed, [row.organization_id, row.id]).data).toEqual(data);
    expect(() => mail.open(sealed, [two.globex.id, row.id])).toThrow(/does not open/);
    expect(() => mail.open(sealed, [row.organization_id, two.globex.id])).toThrow(/does not open/);
  });

  it("is out of reach of another organization", async () => {
    await queueHello();
    const seen = await two.inGlobex((tenant) =>
      (tenant.db as never as { selectFrom(table: string): { selectAll(): { execute(): Promise<unknown[]> } } })
        .selectFrom("rowhouse.outbox")
        .selectAll()
        .execute(),
    );
    expect(seen).toEqual([]);
  });
});

describe("a transport that fails", () => {
  it("twice is tried a third time", async () => {
    const postbox = new Postbox();
    postbox.failures = 2;
    await queueHello();
    await work(postbox);
    await until(async () => {
      await hurry(two.fixture);
      return postbox.sent.length === 1;
    }, "a mail that was sent");
    await settled();
    expect(await outbox()).toMatchObject([{ status: "sent", attempts: 3 }]);
  });

  it("eight times is given up, and the reason is kept without what the server said", async () => {
    const postbox = new Postbox();
    postbox.failures = 100;
    postbox.error = Object.assign(new Error(`550 no such user, see ${data.url}`), {
      code: "EENVELOPE",
      responseCode: 550,
    });
    await queueHello();
    await work(postbox);
    await until(async () => {
      await hurry(two.fixture);
      return (await outbox())[0]?.status === "failed";
    }, "a mail that was given up");
    await until(async () => (await jobCount()) === 0, "an empty queue");
    expect(postbox.failures).toBe(92);
    expect(await outbox()).toMatchObject([{ attempts: 8, last_error: "Error EENVELOPE 550", data: "" }]);
  });

  it("leaves no secret in the queue's own record of the failure", async () => {
    const postbox = new Postbox();
    postbox.failures = 1;
    postbox.error = new Error(`could not send ${data.url}`);
    await queueHello();
    await work(postbox);
    await until(async () => (await outbox())[0]?.last_error !== null, "a failure");
    const { rows } = await two.fixture.admin.query("select * from graphile_worker._private_jobs");
    expect(JSON.stringify(rows)).not.toContain("secret-token");
  });
});

describe("what goes with a mail", () => {
  it("commits with its change to sent, in the scope of its organization", async () => {
    await queueHello();
    await work(new Postbox(), async (tenant, { template, data: words }) => {
      await tenant.db
        .insertInto("projects")
        .values({ name: `${template} ${(words as { name: string }).name}` })
        .execute();
    });
    await settled();
    const { rows } = await two.fixture.admin.query("select name from projects where organization_id = $1 order by id", [
      two.acme.id,
    ]);
    expect(rows).toEqual([{ name: "acme secret" }, { name: "hello Ada" }]);
  });

  it("that fails leaves the mail for another try: it is sent again, under the same id", async () => {
    const postbox = new Postbox();
    let failures = 1;
    await queueHello();
    await work(postbox, async () => {
      if ((failures -= 1) >= 0) throw new Error("not now");
    });
    await until(async () => {
      await hurry(two.fixture);
      return (await outbox())[0]?.status === "sent";
    }, "a mail that was sent");
    expect(new Set(postbox.sent.map(({ id }) => id)).size).toBe(1);
    expect(postbox.sent).toHaveLength(2);
  });
});

describe("a mail of a suspended organization", () => {
  it("does not go out", async () => {
    const postbox = new Postbox();
    await queueHello();
    const staff = two.fixture.open({}, { operatorUrl: two.fixture.operatorUrl });
    await staff.operate({ operator: "ops", reason: "unpaid" }, (operator) =>
      suspendOrganization(operator, { organizationId: two.acme.id, reason: "unpaid" }),
    );
    await work(postbox);
    await until(async () => (await jobCount()) === 0, "an empty queue");
    expect(postbox.sent).toEqual([]);
    expect(await outbox()).toMatchObject([{ status: "waiting", attempts: 0 }]);
  });

  it("goes out after all when the organization is restored and the mail is queued again", async () => {
    const postbox = new Postbox();
    await queueHello();
    const staff = two.fixture.open({}, { operatorUrl: two.fixture.operatorUrl });
    const listOld = () => staff.operate({ operator: "nightly", reason: "old mail" }, listOrganizationsWithOldMail);
    expect(await listOld()).toEqual([]);
    await two.fixture.admin.query("delete from graphile_worker._private_jobs");
    await two.fixture.admin.query("update rowhouse.outbox set next_attempt_at = now() - interval '2 hours'");
    await two.fixture.admin.query("update rowhouse.organizations set status = 'suspended' where id = $1", [
      two.acme.id,
    ]);
    expect(await listOld()).toEqual([]);
    await two.fixture.admin.query("update rowhouse.organizations set status = 'active' where id = $1", [two.acme.id]);
    const [organization = ""] = await listOld();
    const entry = { organization, job: "requeue-mail", permissions: [], requires: null };
    expect(await staff.enterJob(entry, (tenant) => mail.requeue(tenant))).toBe(1);
    await work(postbox);
    await settled();
    expect(postbox.sent).toHaveLength(1);
  });
});

describe("injection", () => {
  it.each([
    "ada@example.com\r\nBcc: eve@example.com",
    "ada@example.com, eve@example.com",
    "Ada <ada@example.com>",
    "ada@example.com;eve@example.com",
    "ada@@example.com",
    "ada",
    "",
    `${"a".repeat(250)}@example.com`,
  ])("the recipient %j is refused", async (to) => {
    await expect(queueHello(to)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await outbox()).toEqual([]);
  });

  it("line breaks in a name leave the subject one line", async () => {
    const postbox = new Postbox();
    const name = "Ada\r\nBcc: eve@example.com\u2028\0x";
    await two.inAcme((tenant) => mail.queue(tenant, { to: "ada@example.com", template: "bye", data: { name } }));
    await work(postbox);
    await settled();
    expect(postbox.sent[0]?.subject).toBe("bye Ada Bcc: eve@example.com x");
  });

  it("data that the template does not take is refused", async () => {
    const wrong = { name: "Ada", url: "not a url" };
    const queued = two.inAcme((tenant) => mail.queue(tenant, { to: "a@example.com", template: "hello", data: wrong }));
    await expect(queued).rejects.toMatchObject({ code: "INVALID_INPUT", fields: [{ field: "url" }] });
  });
});
