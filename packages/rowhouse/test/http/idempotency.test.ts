import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, madeId, openHttp, type Http } from "./http-fixture.ts";

let http: Http;
let acme: Staffed;
let base: string;

beforeAll(async () => {
  http = await openHttp();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(async () => {
  acme = await http.staffed();
  base = `/api/organizations/${acme.slug}`;
});

interface Making {
  readonly key: string;
  readonly name?: string;
  readonly who?: string;
  readonly at?: string;
}

const make = ({ key, name = "Robot", who = acme.owner, at = base }: Making) =>
  http.send(who, `POST ${at}/service-accounts`, {
    body: { name, role: "viewer" },
    headers: { "idempotency-key": key },
  });
const accounts = async () => itemsOf(await http.send(acme.owner, `GET ${base}/service-accounts`));

describe("a POST with an Idempotency-Key", () => {
  it("that is sent again gets the same answer, says so, and does nothing", async () => {
    const first = await make({ key: "one" });
    const again = await make({ key: "one" });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect([first, again].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
    expect([await accounts(), await acme.actions()]).toMatchObject([[{ id: madeId(first) }], [expect.any(String)]]);
  });

  it("in quotes is the same key as without", async () => {
    await make({ key: "one" });
    expect((await make({ key: '"one"' })).headers.get("idempotency-replayed")).toBe("true");
  });

  it("that asks for something else by the same key is 422, and does nothing", async () => {
    await make({ key: "one" });
    expect(await make({ key: "one", name: "Other" })).toMatchObject({
      status: 422,
      body: { code: "IDEMPOTENCY_KEY_REUSED" },
    });
    expect(await accounts()).toHaveLength(1);
  });

  it("that asks for the same at another address by the same key is 422, and does nothing", async () => {
    const place = (await make({ key: "one" })).headers.get("location");
    const sent = { body: {}, headers: { "idempotency-key": "two" } };
    expect((await http.send(acme.owner, `POST ${place}/disable`, sent)).status).toBe(200);
    expect((await http.send(acme.owner, `POST ${place}/enable`, sent)).status).toBe(422);
    expect(await accounts()).toMatchObject([{ status: "disabled" }]);
  });

  it("sent twenty times at once makes one, and every answer is that one or 409", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => make({ key: "one" })));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
    const made = answers.filter(({ status }) => status === 201);
    expect(made.filter(({ headers }) => headers.get("idempotency-replayed") === null)).toHaveLength(1);
    expect(new Set(made.map(madeId)).size).toBe(1);
    expect(await accounts()).toHaveLength(1);
    expect((await make({ key: "one" })).headers.get("idempotency-replayed")).toBe("true");
  });

  it("replays to nobody else: not to another member, not to a key of the same person, not elsewhere", async () => {
    const globex = await http.staffed();
    await http.sql("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'owner')", [
      globex.id,
      acme.owner,
    ]);
    await make({ key: "one", name: "First" });
    const bearer = await http.key(acme, ["service-accounts:create"]);
    const byKey = await http.send({ bearer }, `POST ${base}/service-accounts`, {
      body: { name: "Second", role: "viewer" },
      headers: { "idempotency-key": "one" },
    });
    const others = [
      byKey,
      await make({ key: "one", name: "Third", who: acme.admin }),
      await make({ key: "one", name: "First", at: `/api/organizations/${globex.slug}` }),
    ];
    for (const { status, headers } of others)
      expect([status, headers.get("idempotency-replayed")]).toEqual([201, null]);
    expect(await accounts()).toHaveLength(3);
  });

  it("is refused without the permission, even where the answer is there already", async () => {
    const first = await make({ key: "one", who: acme.admin });
    await http.send(acme.owner, `PATCH ${base}/members/${acme.admin}`, { body: { role: "viewer" } });
    const again = await make({ key: "one", who: acme.admin });
    expect([first.status, again.status]).toEqual([201, 403]);
  });

  it("that was refused is kept not: put right, it is done by the same key", async () => {
    expect((await make({ key: "one", name: " " })).status).toBe(400);
    expect((await make({ key: "one" })).status).toBe(201);
  });

  it("whose answer holds a secret is not done again, and its secret is kept nowhere: 409", async () => {
    const sent = { body: { name: "Key", scopes: ["projects:read"] }, headers: { "idempotency-key": "one" } };
    const first = await http.send(acme.owner, `POST ${base}/api-keys`, sent);
    const again = await http.send(acme.owner, `POST ${base}/api-keys`, sent);
    expect([first.status, again.status]).toEqual([201, 409]);
    expect(again.text).not.toContain(String(first.body.key));
    const [stored] = await http.sql("select body from rowhouse.idempotency_keys where organization_id = $1", [acme.id]);
    expect(stored).toEqual({ body: null });
  });

  it("works for an answer without a body", async () => {
    await http.send(acme.owner, `PATCH ${base}/members/${acme.admin}`, { body: { role: "owner" } });
    const leave = () => http.send(acme.admin, `POST ${base}/leave`, { headers: { "idempotency-key": "bye" } });
    expect((await leave()).status).toBe(204);
  });

  it("that is empty, too long or not ASCII is refused beside its name", async () => {
    for (const key of [" ", '""', "x".repeat(201), "ü"]) {
      const answer = await make({ key });
      expect([key, answer.status, fieldsOf(answer)]).toEqual([key, 400, ["Idempotency-Key"]]);
    }
  });

  it("is forgotten after a day", async () => {
    await make({ key: "one", name: "First" });
    await http.sql("update rowhouse.idempotency_keys set created_at = now() - interval '25 hours'");
    expect((await make({ key: "one", name: "Second" })).status).toBe(201);
  });

  it("without a key is done as often as it is sent", async () => {
    const line = `POST ${base}/invitation-links`;
    const body = { role: "viewer", expiresInDays: 1 };
    const made = [await http.send(acme.owner, line, { body }), await http.send(acme.owner, line, { body })];
    expect(new Set(made.map(madeId)).size).toBe(2);
  });
});
