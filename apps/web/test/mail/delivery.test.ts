import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createInvitation, isRowhouseError, revokeInvitation } from "rowhouse";
import type { Worker } from "rowhouse/jobs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startJobs } from "@/jobs/start-jobs";
import { identities } from "@/identity/identities";
import { queueIdentityMail } from "@/mail/identity-outbox";
import type { MailSettings } from "@/mail/mail-settings";
import { queueMail } from "@/mail/queue-mail";
import { ResendTransport } from "@/mail/resend-transport";
import { useWebSettings, webSettings } from "@/settings";
import { tenancy, type Tenant } from "@/tenancy/tenancy";
import { openWeb, type Web } from "../fixture/open-web";
import { signUpPerson, type Person } from "../fixture/person";
import { startMailServer, type MailServer } from "./start-mail-server";

const from = "Rowhouse <hello@rowhouse.example>";
let web: Web;
let ada: Person;
let worker: Worker | undefined;
let server: MailServer | undefined;

beforeAll(async () => {
  web = await openWeb();
  ada = await signUpPerson(web, "Acme");
  await forgetMail();
});

afterAll(() => web[Symbol.asyncDispose]());

afterEach(async () => {
  await worker?.stop();
  await server?.stop();
  worker = server = undefined;
  await forgetMail();
});

async function forgetMail(): Promise<void> {
  await web.admin.query("delete from rowhouse.outbox");
  await web.admin.query("delete from auth.mail");
  await web.admin.query("delete from graphile_worker._private_jobs");
}

async function work(mail: MailSettings): Promise<void> {
  useWebSettings({ ...webSettings(), mail });
  worker = await startJobs();
}

const smtp = (port: number): MailSettings => ({ kind: "smtp", url: `smtp://127.0.0.1:${port}`, from });

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`It never came to this: ${what}`);
    await sleep(50);
  }
}

/** Tries at once what waits for its next try. */
async function hurry(): Promise<void> {
  await web.admin.query("update graphile_worker._private_jobs set run_at = now() where locked_at is null");
  for (const table of ["rowhouse.outbox", "auth.mail"]) {
    await web.admin.query(`update ${table} set next_attempt_at = now() where status = 'waiting' and attempts > 0`);
  }
}

const inAcme = <T>(run: (tenant: Tenant) => Promise<T>) =>
  tenancy().enter({ organization: ada.slug, user: ada.userId }, run);

async function invite(email: string, names = { organizationName: "Acme", inviterName: "Ada" }): Promise<string> {
  return inAcme((tenant) =>
    tenant.transaction(async (within) => {
      const { invitation, token } = await createInvitation(within, { email, role: "member" });
      const { id: invitationId, role, expiresAt } = invitation;
      const data = { invitationId, url: `https://app.example.com/join/${token}`, role, expiresAt, ...names };
      await queueMail(within, { to: email, template: "invitation", data });
      return invitation.id;
    }),
  );
}

async function statusOf(invitation: string): Promise<string | undefined> {
  const { rows } = await web.admin.query<{ status: string }>("select status from rowhouse.invitations where id = $1", [
    invitation,
  ]);
  return rows[0]?.status;
}

describe("an invitation's mail", () => {
  test("reaches a mail server, with a text and HTML, and marks the invitation sent", async () => {
    server = await startMailServer();
    const id = await invite("grace@example.com");
    expect(await statusOf(id)).toBe("created");
    await work(smtp(server.port));
    await until(async () => (await statusOf(id)) === "sent", "an invitation that was sent");
    const [received] = server.received;
    expect(received?.recipients).toEqual(["grace@example.com"]);
    expect(received?.mail.from).toMatchObject({ name: "Rowhouse", address: "hello@rowhouse.example" });
    expect(received?.mail.subject).toBe("Ada invited you to Acme");
    expect(received?.mail.text).toMatch(/https:\/\/app\.example\.com\/join\/\S{20,}/);
    expect(received?.mail.html).toContain("See the invitation");
    expect(received?.mail.messageId).toMatch(/^<[0-9a-f-]{36}@rowhouse\.example>$/);
    const { rows } = await web.admin.query("select actor_kind, actor_id from rowhouse.audit_events where action = $1", [
      "invitation.sent",
    ]);
    expect(rows).toEqual([{ actor_kind: "job", actor_id: "deliver-mail" }]);
  });

  test("goes out though the invitation was revoked meanwhile, and then is done", async () => {
    server = await startMailServer();
    const id = await invite("revoked@example.com");
    await inAcme((tenant) => revokeInvitation(tenant, { id }));
    await work(smtp(server.port));
    await until(() => server?.received.length === 1, "a mail");
    await until(
      async () => (await web.admin.query("select from graphile_worker._private_jobs")).rowCount === 0,
      "done",
    );
    expect(await statusOf(id)).toBe("revoked");
  });

  test("waits for a server that is down, and goes out once when it is up", async () => {
    const first = await startMailServer();
    const { port } = first;
    await first.stop();
    const id = await invite("patient@example.com");
    await work(smtp(port));
    await until(async () => {
      const { rows } = await web.admin.query<{ last_error: string | null }>("select last_error from rowhouse.outbox");
      return rows[0]?.last_error?.includes("ESOCKET") === true || rows[0]?.last_error?.includes("ECONN") === true;
    }, "a try that failed");
    expect(await statusOf(id)).toBe("created");
    server = await startMailServer({ port });
    await until(async () => {
      await hurry();
      return (await statusOf(id)) === "sent";
    }, "an invitation that was sent");
    expect(server.received).toHaveLength(1);
  });

  test("that the server refuses twice is taken the third time", async () => {
    server = await startMailServer({ refusals: 2 });
    const id = await invite("greylisted@example.com");
    await work(smtp(server.port));
    await until(async () => {
      await hurry();
      return (await statusOf(id)) === "sent";
    }, "an invitation that was sent");
    expect(server.received).toHaveLength(1);
  });

  test("has no header, recipient or tag that somebody put into a name", async () => {
    server = await startMailServer();
    const evil = "Eve\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>";
    await invite("target@example.com", { organizationName: evil, inviterName: evil });
    await work(smtp(server.port));
    await until(() => server?.received.length === 1, "a mail");
    const [received] = server.received;
    expect(received?.recipients).toEqual(["target@example.com"]);
    expect(received?.mail.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(received?.mail.subject).toContain("Bcc: victim@example.com");
    expect(received?.mail.html).not.toContain("<script");
  });

  test("to an address with a line break is not queued, and the invitation is not made", async () => {
    const refused = invite("target@example.com\r\nBcc: victim@example.com");
    await expect(refused).rejects.toSatisfy((error) => isRowhouseError(error, "INVALID_INPUT"));
    expect((await web.admin.query("select from rowhouse.outbox")).rowCount).toBe(0);
  });
});

async function queueReset(input: { to: string; locale?: string; data: { url: string } }): Promise<void> {
  const mail = { template: "reset-password", ...input } as const;
  await identities()
    .transaction()
    .execute((db) => queueIdentityMail(db, mail));
}

describe("without a way out", () => {
  test("mail stays in the queue, and goes out when there is one", async () => {
    const id = await invite("later@example.com");
    await work({ kind: "none" });
    await sleep(300);
    const { rows } = await web.admin.query("select attempts from rowhouse.outbox");
    expect(rows).toEqual([{ attempts: 0 }]);
    await worker?.stop();
    server = await startMailServer();
    await work(smtp(server.port));
    await until(async () => (await statusOf(id)) === "sent", "an invitation that was sent");
  });

  test("on the machine itself the mailbox shows it", async () => {
    await queueReset({ to: ada.email, data: { url: "http://localhost:3000/reset-password?token=t0ken" } });
    await work({ kind: "mailbox" });
    const read = () => web.admin.query<{ text: string }>("select recipient, subject, text from auth.mailbox");
    await until(async () => (await read()).rowCount === 1, "a mail in the mailbox");
    expect((await read()).rows).toMatchObject([{ recipient: ada.email, subject: "Choose a new password" }]);
    expect((await read()).rows[0]?.text).toContain("token=t0ken");
  });
});

describe("a mail about an account", () => {
  test("goes out by the identity role's own outbox, which keeps nothing of it afterwards", async () => {
    server = await startMailServer();
    const data = { url: "https://app.example.com/reset-password?token=t0ken" };
    await queueReset({ to: ada.email, locale: "de", data });
    const waiting = await web.admin.query("select * from auth.mail");
    expect(JSON.stringify(waiting.rows)).not.toContain("t0ken");
    await work(smtp(server.port));
    await until(() => server?.received.length === 1, "a mail");
    expect(server.received[0]?.mail.subject).toBe("Wählen Sie ein neues Passwort");
    await until(
      async () => (await web.admin.query("select from auth.mail where status = 'sent' and data = ''")).rowCount === 1,
      "sent",
    );
  });

  test("to an address without an account is not queued", async () => {
    await queueReset({ to: "nobody@example.com", data: { url: "https://app.example.com/x" } });
    expect((await web.admin.query("select from auth.mail")).rowCount).toBe(0);
    expect((await web.admin.query("select from graphile_worker._private_jobs")).rowCount).toBe(0);
  });

  test("is out of reach of the role that serves tenants", async () => {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: webSettings().runtimeUrl });
    await client.connect();
    try {
      for (const text of [
        "select * from auth.mail",
        "select * from auth.mailbox",
        "select * from auth.mail_links",
        "select auth.enqueue_mail(gen_random_uuid())",
      ]) {
        await expect(client.query(text), text).rejects.toMatchObject({ code: "42501" });
      }
    } finally {
      await client.end();
    }
  });
});

describe("Resend", () => {
  test("gets a mail with a key of its own, and a refusal keeps its code without the words", async () => {
    const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
    let status = 200;
    const fake = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        seen.push({ headers: request.headers, body });
        response.writeHead(status, { "content-type": "application/json" });
        response.end(
          JSON.stringify(
            status === 200 ? { id: "1" } : { name: "rate_limit_exceeded", statusCode: 429, message: "slow down" },
          ),
        );
      });
    });
    await new Promise<void>((resolve) => fake.listen(0, "127.0.0.1", resolve));
    try {
      const baseUrl = `http://127.0.0.1:${(fake.address() as AddressInfo).port}`;
      const transport = new ResendTransport({ apiKey: "re_test", from, baseUrl });
      const message = { id: "mail-1", to: "ada@example.com", subject: "Hello", html: "<p>Hello</p>", text: "Hello" };
      await transport.send(message);
      expect(seen[0]?.headers["idempotency-key"]).toBe("mail-1");
      expect(JSON.parse(seen[0]?.body ?? "")).toMatchObject({ from, to: ["ada@example.com"], subject: "Hello" });
      status = 429;
      await expect(transport.send(message)).rejects.toMatchObject({ code: "rate_limit_exceeded" });
    } finally {
      await new Promise((resolve) => fake.close(resolve));
    }
  });
});
