import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Staffed } from "../members/people.ts";
import { fieldsOf, itemsOf, openHttp, type Http } from "./http-fixture.ts";

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
  http.hooks.onRoleChanged = undefined;
  http.hooks.onMemberRemoved = undefined;
});

const roleOf = async (userId: string) => (await acme.members()).find((member) => member.userId === userId)?.role;

describe("the members", () => {
  it("come a page at a time, each once, and narrowed by role and search", async () => {
    for (const name of ["Zoe", "Yan", "Xenia"]) await acme.put("viewer", { name, email: `${name}@people.test` });
    const seen: unknown[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page = await http.send(acme.owner, `GET ${base}/members?limit=2${next === "" ? "" : `&after=${next}`}`);
      seen.push(...itemsOf(page).map(({ userId }) => userId));
      next = z.string().nullable().parse(page.body.next);
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
    const found = itemsOf(await http.send(acme.owner, `GET ${base}/members?role=viewer&search=xeni`));
    expect(found.map(({ name }) => name)).toEqual(["Xenia"]);
  });

  it("are refused with each wrong parameter named", async () => {
    const line = `GET ${base}/members?role=chief&status=gone&sort=random&after=x&before=y`;
    const answer = await http.send(acme.owner, line);
    expect([answer.status, fieldsOf(answer).sort()]).toEqual([400, ["role", "sort", "status"]]);
    const both = await http.send(acme.owner, `GET ${base}/members?after=x&before=y`);
    expect(fieldsOf(both)).toEqual(["before"]);
    expect(fieldsOf(await http.send(acme.owner, `GET ${base}/members?search=a&search=b`))).toEqual(["search"]);
    expect((await http.send(acme.owner, `GET ${base}/members?after=x`)).status).toBe(400);
  });

  it("of another organization are unknown ones", async () => {
    const globex = await http.staffed();
    const texts = new Set<string>();
    for (const userId of [globex.member, uuidv7()])
      for (const [method, body] of [
        ["GET", undefined],
        ["PATCH", { role: "viewer" }],
      ] as const)
        texts.add((await http.send(acme.owner, `${method} ${base}/members/${userId}`, { body })).text);
    expect(texts.size).toBe(1);
    expect([...texts][0]).toContain("NOT_FOUND");
  });
});

describe("a member", () => {
  it("gets another role, which holds and is told with who gave it", async () => {
    const told: unknown[] = [];
    http.hooks.onRoleChanged = async (_tenant, change) => void told.push(change);
    await http.sql("update rowhouse.memberships set name = 'Olivia' where user_id = $1", [acme.owner]);
    const line = `PATCH ${base}/members/${acme.member}`;
    expect(await http.send(acme.owner, line, { body: { role: "admin" } })).toMatchObject({
      status: 200,
      body: { role: "admin" },
    });
    expect(await roleOf(acme.member)).toBe("admin");
    expect(told).toMatchObject([{ member: { userId: acme.member, role: "admin" }, actorName: "Olivia" }]);
    await http.send(acme.owner, line, { body: { role: "admin" } });
    expect(told).toHaveLength(1);
  });

  it("keeps the role where the mail about it cannot be queued: both or neither", async () => {
    http.hooks.onRoleChanged = () => Promise.reject(new TypeError("no outbox"));
    const line = `PATCH ${base}/members/${acme.member}`;
    expect(await http.send(acme.owner, line, { body: { role: "admin" } })).toMatchObject({ status: 500 });
    expect([await roleOf(acme.member), await acme.actions()]).toEqual(["member", []]);
    expect(http.faults.splice(0)).toMatchObject([{ message: "no outbox" }]);
  });

  it("is told of nothing that is not the caller's to know: a fault shows no words of the server", async () => {
    http.hooks.onMemberRemoved = () => Promise.reject(new TypeError("secret of the server"));
    const { status, text } = await http.send(acme.owner, `DELETE ${base}/members/${acme.member}`);
    expect([status, text.includes("secret")]).toEqual([500, false]);
    expect(await roleOf(acme.member)).toBe("member");
    expect(http.faults.splice(0)).toHaveLength(1);
  });

  it("with an unknown role is refused beside the role", async () => {
    const answer = await http.send(acme.owner, `PATCH ${base}/members/${acme.member}`, { body: { role: "chief" } });
    expect([answer.status, fieldsOf(answer)]).toEqual([400, ["role"]]);
  });

  it("is made owner by owners alone", async () => {
    const answer = await http.send(acme.admin, `PATCH ${base}/members/${acme.member}`, { body: { role: "owner" } });
    expect([answer.status, await roleOf(acme.member)]).toEqual([403, "member"]);
  });

  it("is shut out at once when suspended, and in again when restored", async () => {
    const reads = async () => (await http.send(acme.member, `GET ${base}`)).status;
    expect(
      await http.send(acme.owner, `POST ${base}/members/${acme.member}/suspend`, { body: { reason: "left" } }),
    ).toMatchObject({
      body: { status: "suspended" },
    });
    expect(await reads()).toBe(404);
    await http.send(acme.owner, `POST ${base}/members/${acme.member}/restore`, { body: {} });
    expect(await reads()).toBe(200);
    expect((await acme.events())[0]).toMatchObject({ reason: "left" });
  });

  it("is gone at once when removed, is told, and the reason is in the log", async () => {
    const told: unknown[] = [];
    http.hooks.onMemberRemoved = async (_tenant, member) => void told.push(member.userId);
    expect((await http.send(acme.owner, `DELETE ${base}/members/${acme.member}?reason=moved`)).status).toBe(204);
    expect((await http.send(acme.member, `GET ${base}`)).status).toBe(404);
    expect([told, (await acme.events())[0]?.reason]).toEqual([[acme.member], "moved"]);
    expect((await http.send(acme.owner, `DELETE ${base}/members/${acme.member}`)).status).toBe(404);
    expect(told).toHaveLength(1);
  });
});

describe("the last owner", () => {
  it("neither leaves, nor is demoted or removed: 409", async () => {
    const own = `${base}/members/${acme.owner}`;
    const attempts = [
      [`POST ${base}/leave`, undefined],
      [`PATCH ${own}`, { role: "admin" }],
      [`DELETE ${own}`, undefined],
    ] as const;
    for (const [line, body] of attempts)
      expect([line, (await http.send(acme.owner, line, { body })).body.code]).toEqual([line, "LAST_OWNER"]);
    expect(await roleOf(acme.owner)).toBe("owner");
  });

  it("hands the organization on and is admin then; the new owner is told", async () => {
    const told: unknown[] = [];
    http.hooks.onRoleChanged = async (_tenant, { member }) => void told.push([member.userId, member.role]);
    const line = `POST ${base}/transfer-ownership`;
    expect((await http.send(acme.admin, line, { body: { userId: acme.member } })).status).toBe(403);
    expect((await http.send(acme.owner, line, { body: { userId: uuidv7() } })).status).toBe(404);
    expect(fieldsOf(await http.send(acme.owner, line, { body: { userId: "1" } }))).toEqual(["userId"]);
    expect((await http.send(acme.owner, line, { body: { userId: acme.member } })).status).toBe(204);
    expect([await roleOf(acme.member), await roleOf(acme.owner)]).toEqual(["owner", "admin"]);
    expect(told).toEqual([[acme.member, "owner"]]);
  });

  it("may leave once there is another, and a viewer may leave always", async () => {
    await http.send(acme.owner, `PATCH ${base}/members/${acme.admin}`, { body: { role: "owner" } });
    expect((await http.send(acme.owner, `POST ${base}/leave`)).status).toBe(204);
    expect((await http.send(acme.viewer, `POST ${base}/leave`)).status).toBe(204);
    expect((await http.send(acme.viewer, `POST ${base}/leave`)).status).toBe(404);
  });
});
