import { createInvitation } from "rowhouse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNightly, type Nightly } from "@/jobs/nightly";
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
  nightly = openNightly(webSettings().operatorUrl ?? "");
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
});
