import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  hashIdempotentRequest,
  isRowhouseError,
  pruneIdempotencyKeys,
  runIdempotently,
  type Answer,
} from "../../src/index.ts";
import { openKeys, type KeyFixture } from "../api-keys/key-fixture.ts";
import { refused } from "../fixture/refused.ts";
import type { FixtureTenant, Staffed } from "../members/people.ts";

let keys: KeyFixture;
let acme: Staffed;

beforeAll(async () => {
  keys = await openKeys();
});

afterAll(() => keys[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await keys.staffed();
});

const hash = (body: string) => hashIdempotentRequest({ method: "POST", target: "/projects", body });

/** A POST that makes a project, as an HTTP handler would run it. */
const post = (
  key: string,
  body = "Roof",
  changes: { user?: string; answer?: Partial<Answer>; after?: () => Promise<void> } = {},
) => keys.as(acme, changes.user ?? acme.owner, (tenant) => postIn(tenant, { key, body, ...changes }));

const postIn = (
  tenant: FixtureTenant,
  { key, body, answer, after }: { key: string; body: string; answer?: Partial<Answer>; after?: () => Promise<void> },
) =>
  runIdempotently(tenant, { key, requestHash: hash(body) }, async (within) => {
    const { id } = await within.transaction(async (inner) => {
      const made = await inner.db
        .insertInto("projects")
        .values({ name: `${body} ${uuidv7()}` })
        .returning("id")
        .executeTakeFirstOrThrow();
      inner.record({ action: "project.created", target: { kind: "project", id: made.id } });
      return made;
    });
    await after?.();
    return {
      status: 201,
      headers: { location: `/projects/${id}`, x_made_by: "test" },
      body: JSON.stringify({ id }),
      ...answer,
    };
  });

const projects = async () =>
  (await keys.sql("select name from projects where organization_id = $1 order by name", [acme.id])).map(({ name }) =>
    String(name).slice(0, -37),
  );
const stored = () => keys.sql("select * from rowhouse.idempotency_keys where organization_id = $1", [acme.id]);

describe("a request with a key", () => {
  it("sent again is done once and answered alike", async () => {
    const first = await post("k");
    expect(first.isReplay).toBe(false);
    const again = await post("k");
    expect(again).toEqual({ answer: first.answer, isReplay: true });
    expect(await post('"k"')).toEqual(again);
    expect(await projects()).toEqual(["Roof"]);
    expect(await acme.actions()).toEqual(["project.created"]);
  });

  it("and another key is another request", async () => {
    await post("k1");
    await post("k2");
    expect(await projects()).toEqual(["Roof", "Roof"]);
  });

  it("that was sent with another body is IDEMPOTENCY_KEY_REUSED", async () => {
    await post("k");
    await refused(post("k", "Cellar"), "IDEMPOTENCY_KEY_REUSED");
    expect(await projects()).toEqual(["Roof"]);
  });

  it("is its actor's and its organization's alone", async () => {
    await post("k");
    expect((await post("k", "Cellar", { user: acme.admin })).isReplay).toBe(false);
    const { key } = await keys.make(acme, acme.owner);
    expect((await keys.enter(key, (tenant) => postIn(tenant, { key: "k", body: "Attic" }))).isReplay).toBe(false);
    const former = acme;
    acme = await keys.staffed();
    await keys.sql("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'owner')", [
      acme.id,
      former.owner,
    ]);
    expect((await post("k", "Elsewhere", { user: former.owner })).isReplay).toBe(false);
    expect(await projects()).toEqual(["Elsewhere"]);
  });

  it("whose work throws leaves nothing, and may be tried again, even with another body", async () => {
    const attempt = post("k", "Roof", {
      after: async () => {
        throw new Error("no paper");
      },
    });
    await expect(attempt).rejects.toThrow("no paper");
    expect([await projects(), await stored(), await acme.actions()]).toEqual([[], [], []]);
    expect((await post("k", "Cellar")).isReplay).toBe(false);
    expect(await projects()).toEqual(["Cellar"]);
  });

  it("whose answer cannot be kept is not done", async () => {
    await refused(post("k", "Roof", { answer: { status: 99 } }), "INVALID_VALUE");
    expect([await projects(), await stored()]).toEqual([[], []]);
  });

  it("whose connection dies before the commit leaves nothing", async () => {
    const attempt = post("k", "Roof", {
      after: async () => {
        await keys.sql(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'rowhouse' and state = 'idle in transaction'`,
          [],
        );
        await sleep(20);
      },
    });
    await refused(attempt, "CONNECTION_LOST");
    expect([await projects(), await stored()]).toEqual([[], []]);
    expect((await post("k")).isReplay).toBe(false);
  });

  it("is kept for 24 hours, and then is new", async () => {
    await post("k");
    const age = (hours: string) =>
      keys.sql("update rowhouse.idempotency_keys set created_at = now() - $2::interval where organization_id = $1", [
        acme.id,
        hours,
      ]);
    await age("23 hours 59 minutes");
    expect((await post("k")).isReplay).toBe(true);
    await age("24 hours");
    expect((await post("k", "Cellar")).isReplay).toBe(false);
    expect((await post("k", "Cellar")).isReplay).toBe(true);
    expect(await projects()).toEqual(["Cellar", "Roof"]);
  });

  it("that is no key, or has no hash, is refused before anything is done", async () => {
    await refused(post("x".repeat(201)), "INVALID_INPUT");
    await refused(
      keys.as(acme, acme.owner, (tenant) =>
        runIdempotently(tenant, { key: "k", requestHash: Buffer.alloc(31) }, async () => {
          throw new Error("was done");
        }),
      ),
      "INVALID_INPUT",
    );
  });
});

describe("an answer with a secret", () => {
  it("is not kept, and the request sent again is CONFLICT and not done again", async () => {
    const { answer } = await post("k", "Roof", { answer: { body: "the-secret", isSecret: true } });
    expect(answer.body).toBe("the-secret");
    expect(JSON.stringify(await stored())).not.toContain("the-secret");
    await refused(post("k"), "CONFLICT");
    await refused(post("k", "Cellar"), "IDEMPOTENCY_KEY_REUSED");
    expect(await projects()).toEqual(["Roof"]);
  });
});

describe("the same request at once", () => {
  it("is refused with CONFLICT while the first is being done, without waiting for it", async () => {
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const first = post("k", "Roof", { after: () => finished });
    // The server lists the locks of all its databases, those of other test files too.
    const held = `select 1 from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where locktype = 'advisory' and granted and datname = current_database()`;
    const begun = async () => keys.sql(held, []);
    while ((await begun()).length === 0) await sleep(10);
    await refused(post("k"), "CONFLICT");
    finish();
    expect((await first).isReplay).toBe(false);
    expect((await post("k")).isReplay).toBe(true);
  });

  it("20 times, in 20 rounds, is done exactly once; the others get its answer or CONFLICT", async () => {
    for (let round = 0; round < 20; round += 1) {
      const key = uuidv7();
      const settled = await Promise.allSettled(Array.from({ length: 20 }, () => post(key, `Round ${round}`)));
      const answers = settled.filter((one) => one.status === "fulfilled").map(({ value }) => value);
      const refusals = settled.filter((one) => one.status === "rejected").map(({ reason }) => reason as unknown);
      expect(refusals.filter((error) => !isRowhouseError(error, "CONFLICT"))).toEqual([]);
      expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
      expect(new Set(answers.map(({ answer }) => answer.body)).size).toBe(1);
    }
    expect(await projects()).toHaveLength(20);
  });
});

it("the clean-up removes what is a day old, of every organization, and no more", async () => {
  await post("old");
  acme = await keys.staffed();
  await post("older");
  await keys.sql("update rowhouse.idempotency_keys set created_at = now() - interval '25 hours'", []);
  await post("new");
  const prune = (limit?: number) =>
    keys.tenancy.operate({ operator: "test", reason: "nightly" }, (operator) =>
      pruneIdempotencyKeys(operator, { limit }),
    );
  expect(await prune(1)).toBe(1);
  while ((await prune()) > 0);
  expect((await keys.sql("select key from rowhouse.idempotency_keys", [])).map(({ key }) => key)).toEqual(["new"]);
  expect((await post("new")).isReplay).toBe(true);
});
