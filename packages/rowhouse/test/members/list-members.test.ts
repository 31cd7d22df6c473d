import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getMember, listMembers, type ListMembersInput } from "../../src/index.ts";
import { openPeople, type People, type Staffed } from "./people.ts";

let people: People;
let acme: Staffed;
let globex: Staffed;
let zoe: string;

beforeAll(async () => {
  people = await openPeople();
  acme = await people.staffed("Acme");
  zoe = await acme.put("member", { name: "Zoë QUIST", email: "zoe@example.com" });
  await acme.put("member", { name: "adam 50% Smith", email: "Adam.Smith@Example.com" });
  await acme.put("admin", { name: "Ben", email: "ben@example.com", status: "suspended" });
  globex = await people.staffed("Globex");
  await globex.put("member", { name: "Zoë of Globex", email: "zoe@globex.example" });
});

afterAll(() => people[Symbol.asyncDispose]());

const list = (input?: ListMembersInput) => acme.as(acme.admin, (tenant) => listMembers(tenant, input));
const names = async (input?: ListMembersInput) =>
  (await list(input)).items.map(({ name }) => name).filter((name) => name !== "");

describe("the list of members", () => {
  it("has this organization's members alone, by name in either case", async () => {
    expect(await names()).toEqual(["adam 50% Smith", "Ben", "Zoë QUIST"]);
    expect((await list()).items).toHaveLength(7);
  });

  it.each([
    ["a part of a name in another case", { search: "zOË q" }, ["Zoë QUIST"]],
    ["a part of an address in another case", { search: "SMITH@ex" }, ["adam 50% Smith"]],
    ["a percent sign as it is typed", { search: "50%" }, ["adam 50% Smith"]],
    ["no wildcard in an underscore", { search: "Be_" }, []],
    ["nothing for a zero byte and quotes", { search: "\0'\"\\" }, []],
    ["everybody for blanks", { search: "  " }, ["adam 50% Smith", "Ben", "Zoë QUIST"]],
    ["a role", { role: "member" }, ["adam 50% Smith", "Zoë QUIST"]],
    ["the suspended", { status: "suspended" }, ["Ben"]],
    ["the active", { status: "active", search: "example" }, ["adam 50% Smith", "Zoë QUIST"]],
    ["the newest first", { sort: "newest" }, ["Ben", "adam 50% Smith", "Zoë QUIST"]],
    ["the oldest first", { sort: "oldest" }, ["Zoë QUIST", "adam 50% Smith", "Ben"]],
  ] as const)("finds %s", async (_, input, found) => {
    expect(await names(input)).toEqual(found);
  });

  it.each(["name", "newest", "oldest"] as const)(
    "goes forward and back by cursor without a gap, sorted by %s",
    async (sort) => {
      const everybody = (await list({ sort })).items.map(({ userId }) => userId);
      const forward: string[] = [];
      let page = await list({ sort, limit: 2 });
      for (; ; page = await list({ sort, limit: 2, after: page.next ?? undefined })) {
        forward.push(...page.items.map(({ userId }) => userId));
        if (page.next === null) break;
      }
      expect(forward).toEqual(everybody);
      const back: string[] = [];
      while (page.previous !== null) {
        page = await list({ sort, limit: 2, before: page.previous });
        back.unshift(...page.items.map(({ userId }) => userId));
      }
      expect(back).toEqual(everybody.slice(0, back.length));
      expect(back.length).toBeGreaterThanOrEqual(4);
    },
  );

  it.each([
    { after: "nonsense" },
    { before: "" },
    { limit: 0 },
    { limit: 501 },
    { limit: 1.5 },
    { role: "root" as "owner" },
  ])("refuses %j: INVALID_INPUT", async (input) => {
    await expect(list(input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("is FORBIDDEN without members:read, and so is one member", async () => {
    await expect(acme.as(acme.viewer, (tenant) => listMembers(tenant))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(acme.as(acme.viewer, (tenant) => getMember(tenant, { userId: zoe }))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("one member", () => {
  it("is what the list shows", async () => {
    const member = await acme.as(acme.owner, (tenant) => getMember(tenant, { userId: zoe.toUpperCase() }));
    expect(member).toEqual((await list({ search: "zoë" })).items[0]);
    expect(member).toMatchObject({
      userId: zoe,
      name: "Zoë QUIST",
      email: "zoe@example.com",
      role: "member",
      status: "active",
    });
  });

  it("of another organization, unknown or malformed is NOT_FOUND", async () => {
    for (const userId of [globex.owner, "00000000-0000-4000-8000-000000000000", "' or true --", ""]) {
      const read = acme.as(acme.owner, (tenant) => getMember(tenant, { userId }));
      await expect(read).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});
