import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineMail, mailDays, pruneMail } from "../../src/index.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";
import { secret } from "../jobs/jobs-fixture.ts";

const mail = defineMail<{ hello: { name: string } }>({ secret, templates: { hello: z.object({ name: z.string() }) } });

let two: TwoOrganizations;

beforeEach(async () => {
  two = await openTwoOrganizations();
});

afterEach(() => two[Symbol.asyncDispose]());

/** A mail in each organization, as it stands after so many days. */
async function mails(status: "waiting" | "sent" | "failed", days: number): Promise<void> {
  const to = `${status}-${days}@example.com`;
  const input = { to, template: "hello", data: { name: "Ada" } } as const;
  await two.inAcme((tenant) => mail.queue(tenant, input));
  await two.inGlobex((tenant) => mail.queue(tenant, input));
  await two.fixture.admin.query(
    "update rowhouse.outbox set status = $2, created_at = now() - make_interval(days => $3) where recipient = $1",
    [to, status, days],
  );
}

async function recipients(): Promise<string[]> {
  const query = "select recipient from rowhouse.outbox order by recipient";
  return (await two.fixture.admin.query<{ recipient: string }>(query)).rows.map(({ recipient }) => recipient);
}

function prune(limit?: number): Promise<number> {
  const staff = two.fixture.open({}, { operatorUrl: two.fixture.operatorUrl });
  return staff.operate({ operator: "nightly", reason: "old mail" }, (operator) => pruneMail(operator, { limit }));
}

describe("mail that was sent or given up", () => {
  it("is forgotten after its days, in every organization, and what waits never is", async () => {
    for (const status of ["sent", "failed", "waiting"] as const) {
      await mails(status, mailDays + 1);
      await mails(status, mailDays - 1);
    }
    expect(await prune()).toBe(4);
    const kept = ["failed-29@example.com", "sent-29@example.com", "waiting-29@example.com", "waiting-31@example.com"];
    expect(await recipients()).toEqual(kept.flatMap((one) => [one, one]));
    expect(await prune()).toBe(0);
  });

  it("goes a part at a time, and a second run at once waits for nobody", async () => {
    await mails("sent", mailDays + 1);
    await mails("failed", mailDays + 1);
    expect(await prune(1)).toBe(1);
    const counts = await Promise.all([prune(2), prune(2)]);
    expect(counts.every((count) => count <= 2)).toBe(true);
    while ((await prune(2)) > 0);
    expect(await recipients()).toEqual([]);
  });
});
