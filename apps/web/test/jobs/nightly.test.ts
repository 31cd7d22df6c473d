import { createInvitation, mailDays } from "rowhouse";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNightly, type Nightly } from "@/jobs/nightly";
import { fileStore } from "@/organization-settings/file-store";
import { webSettings } from "@/settings";
import { tenancy } from "@/tenancy/tenancy";
import { openWeb, type Web } from "../fixture/open-web";
import { signUpPerson, type Person } from "../fixture/person";

let web: Web;
let ada: Person;
let nightly: Nightly;

beforeAll(async () => {
  web = await openWeb();
  ada = await signUpPerson(web, "Acme");
  nightly = openNightly({ operatorUrl: webSettings().operatorUrl ?? "", files: fileStore() });
});

afterAll(async () => {
  await nightly[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});

const run = { attempt: 1, isLastAttempt: false, signal: new AbortController().signal };

describe("every night", () => {
  test("each task runs on a database where there is nothing to do, at a minute of its own", async () => {
    const schedules = Object.values(nightly.tasks).map(({ schedule }) => schedule);
    expect(new Set(schedules).size).toBe(schedules.length);
    for (const task of Object.values(nightly.tasks)) await expect(task.run({}, run)).resolves.toBeUndefined();
  });

  test("invitations that ran out are closed, with a line of why an operator crossed tenants", async () => {
    const { invitation } = await tenancy().enter({ organization: ada.slug, user: ada.userId }, (tenant) =>
      createInvitation(tenant, { email: "late@example.com", role: "member" }),
    );
    await web.admin.query("update rowhouse.invitations set expires_at = now() - interval '1 minute' where id = $1", [
      invitation.id,
    ]);
    await nightly.tasks["nightly/expire-invitations"]?.run({}, run);
    const { rows } = await web.admin.query("select status from rowhouse.invitations where id = $1", [invitation.id]);
    expect(rows).toEqual([{ status: "expired" }]);
    const log = await web.admin.query("select from rowhouse.operator_log where operator = 'nightly'");
    expect(log.rowCount).toBeGreaterThan(0);
  });

  test("mail that is done is forgotten after its days, about accounts and of organizations, and a second run is harmless", async () => {
    const bob = await signUpPerson(web, "Globex");
    await web.admin.query("delete from auth.mail");
    for (const [status, days] of [
      ["sent", mailDays + 1],
      ["failed", mailDays + 1],
      ["sent", mailDays - 1],
      ["waiting", mailDays + 1],
    ] as const) {
      const values = [`${status}${days}@example.com`, status, days];
      const columns = "recipient, template, data, status, created_at";
      const row = "$1, 'removed', '', $2, now() - make_interval(days => $3)";
      await web.admin.query(`insert into auth.mail (${columns}) values (${row})`, values);
      await web.admin.query(
        `insert into rowhouse.outbox (organization_id, ${columns})
         select id, ${row} from rowhouse.organizations where slug in ($4, $5)`,
        [...values, ada.slug, bob.slug],
      );
    }
    for (let turn = 1; turn <= 2; turn += 1) {
      for (const task of ["nightly/prune-mail", "nightly/prune-identity-mail"]) await nightly.tasks[task]?.run({}, run);
      const left = async (table: string) => {
        const text = `select recipient from ${table} where template = 'removed' order by 1`;
        return (await web.admin.query<{ recipient: string }>(text)).rows;
      };
      const [sent, waiting] = [{ recipient: "sent29@example.com" }, { recipient: "waiting31@example.com" }];
      expect(await left("auth.mail")).toEqual([sent, waiting]);
      expect(await left("rowhouse.outbox")).toEqual([sent, sent, waiting, waiting]);
    }
  });

  test("logos that no organization shows are removed", async () => {
    const key = `${uuidv7()}/logos/${uuidv7({ msecs: Date.now() - 48 * 3600_000 })}.webp`;
    await fileStore().put(key, Buffer.from("left over"));
    await nightly.tasks["nightly/sweep-logos"]?.run({}, run);
    expect(await fileStore().get(key)).toBeUndefined();
  });
});
