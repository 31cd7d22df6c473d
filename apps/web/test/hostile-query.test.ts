import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { problemShape } from "rowhouse/http";
import { createTask } from "@/tasks/queries";
import { tenancy } from "@/tenancy/tenancy";
import { assertCleanRefusal } from "./fixture/assert-clean-refusal";
import { makeTarget, type Target } from "./fixture/cast";
import { hostileTexts } from "./fixture/hostile-values";
import { openWeb, type Web } from "./fixture/open-web";
import { signUpPerson, type Person } from "./fixture/person";

let web: Web;
let ada: Person;
let target: Target;
let paths: string[];

beforeAll(async () => {
  web = await openWeb();
  ada = await signUpPerson(web, "Queries");
  target = await makeTarget(web, ada);
  await makeTarget(web, ada);
  await tenancy().enter({ organization: ada.slug, user: ada.userId }, (tenant) =>
    createTask(tenant, target.projectId, { title: "Second" }),
  );
  paths = [
    `/api/organizations/${ada.slug}/projects`,
    `/api/organizations/${ada.slug}/projects/${target.projectId}/tasks`,
  ];
});
afterAll(() => web[Symbol.asyncDispose]());

const get = (path: string, query: string) => web.request(`${path}?${query}`, { headers: { cookie: ada.cookie } });
const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");

async function refused(query: string): Promise<void> {
  for (const path of paths) {
    const response = await get(path, query);
    expect([query.slice(0, 80), response.status]).toEqual([query.slice(0, 80), 400]);
    await assertCleanRefusal(response, query);
  }
}

describe("the query of a list", () => {
  test.each(["0", "-1", "101", "1e9", "NaN", "Infinity", "1.5", "ten", "", "1;select 1", "null", "[]"])(
    "the limit %j is refused",
    async (limit) => {
      await refused(`limit=${encodeURIComponent(limit)}`);
    },
  );

  test.each(["evil", "", "name desc", "NAME", "__proto__", "constructor", "created_at; drop table tasks"])(
    "the sort %j is refused",
    async (sort) => {
      await refused(`sort=${encodeURIComponent(sort)}`);
    },
  );

  test("a parameter twice, an unknown one, and two cursors at once are refused", async () => {
    for (const query of [
      "limit=1&limit=2",
      "sort=newest&sort=oldest",
      "search=a&search=b",
      "__proto__=1",
      "organizationId=1",
      "q=a",
    ])
      await refused(query);
    await refused(`after=${cursor("2026-01-01", randomUUID())}&before=${cursor("2026-01-01", randomUUID())}`);
  });

  test("any text may be searched for, and finds nothing that it is not in", async () => {
    for (const text of hostileTexts) {
      for (const path of paths) {
        const response = await get(path, new URLSearchParams({ search: text }).toString());
        if (response.status !== 200) await assertCleanRefusal(response, text);
        else if (text.trim() !== "") expect(await response.json()).toMatchObject({ items: [] });
      }
    }
    expect((await get(paths[0] ?? "", "search=%ff%fe")).status).toBe(200);
  });
});

describe("cursors", () => {
  const forged: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["no base64", "%%%"],
    ["words", "abcdef"],
    ["a number", Buffer.from("1").toString("base64url")],
    ["an object", Buffer.from('{"0":"a","1":"b"}').toString("base64url")],
    ["one part", cursor("2026-01-01")],
    ["three parts", cursor("2026-01-01", randomUUID(), 1)],
    ["an id that is none", cursor("2026-01-01", "1 or true")],
    ["a key that is a list", cursor(["2026-01-01"], randomUUID())],
    ["a NUL", cursor("a\u0000", randomUUID())],
    ["10,000 characters", "A".repeat(10_000)],
    ["a long key", cursor("x".repeat(1001), randomUUID())],
  ];

  test.each(forged)("a cursor of %s is refused", async (_what, text) => {
    await refused(`after=${encodeURIComponent(text)}`);
    await refused(`before=${encodeURIComponent(text)}`);
  });

  test.each(["soon", "9999999-01-01", "2026-13-45", "'; drop table projects; --"])(
    "a moment %j in a cursor is refused",
    async (moment) => {
      await refused(`after=${cursor(moment, randomUUID())}`);
    },
  );

  test("a true cursor that was cut is refused, or is the place that it still names", async () => {
    for (const path of paths) {
      const { next } = z.object({ next: z.string() }).parse(await (await get(path, "limit=1")).json());
      for (let length = 0; length < next.length; length += 5) {
        const response = await get(path, `after=${next.slice(0, length)}`);
        expect([length, response.status]).toEqual([length, 400]);
        expect(problemShape.parse(await response.json()).code).toMatch(/^INVALID_/);
      }
    }
  });

  test("a cursor of another order is a place in this one or refused, and shows nothing of another organization", async () => {
    const other = await signUpPerson(web, "Other");
    await makeTarget(web, other);
    await makeTarget(web, other);
    const foreign = await web.request(`/api/organizations/${other.slug}/projects?limit=1&sort=name`, {
      headers: { cookie: other.cookie },
    });
    const { next, items } = z
      .object({ next: z.string(), items: z.array(z.object({ id: z.string() })) })
      .parse(await foreign.json());
    for (const sort of ["newest", "oldest", "name", "updated"]) {
      const response = await get(paths[0] ?? "", `sort=${sort}&after=${next}`);
      expect([200, 400]).toContain(response.status);
      expect(await response.text()).not.toContain(items[0]?.id);
    }
  });
});
