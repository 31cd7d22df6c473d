import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  changeSetting,
  defineOrganizationSettings,
  getSettings,
  type SettingsOf,
  type UnfitSetting,
} from "../../src/index.ts";
import { codeAndFieldsOf } from "../fixture/code-of.ts";
import { openPeople, type People } from "../members/people.ts";

const reports: UnfitSetting[] = [];

const settings = defineOrganizationSettings(
  {
    weekStart: { schema: z.enum(["monday", "sunday"]), default: "monday" },
    pageSize: { schema: z.number().int().min(5).max(100), default: 20 },
    labels: { schema: z.array(z.string().max(20)).max(3), default: [] as string[] },
    apiToken: { schema: z.string(), default: "" },
    anything: { schema: z.json(), default: null },
  },
  { onUnfit: (report) => reports.push(report) },
);

let people: People;

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people[Symbol.asyncDispose]());

/** With methods that can stand alone. */
async function staffed(name: string) {
  const organization = await people.staffed(name);
  const as: typeof organization.as = (userId, work) => organization.as(userId, work);
  return { ...organization, as, actions: () => organization.actions(), events: () => organization.events() };
}

describe("the definition of settings", () => {
  it("types what is read and what is written", () => {
    type Values = SettingsOf<typeof settings>;
    expectTypeOf<Values["weekStart"]>().toEqualTypeOf<"monday" | "sunday">();
    expectTypeOf<Values["pageSize"]>().toEqualTypeOf<number>();
    const refused = (tenant: never) => [
      // @ts-expect-error: there is no such setting
      changeSetting(tenant, settings, { key: "weekEnd", value: "friday" }),
      // @ts-expect-error: a week does not start on a friday
      changeSetting(tenant, settings, { key: "weekStart", value: "friday" }),
    ];
    expect(refused).toBeTypeOf("function");
  });

  it.each([
    ["a default that does not fit", { size: { schema: z.number().max(3), default: 4 } }],
    ["a default that JSON changes", { at: { schema: z.date(), default: new Date(0) } }],
    ["a default that is no JSON", { nothing: { schema: z.undefined(), default: undefined } }],
    ["a schema that does not take what it gave", { text: { schema: z.number().transform(String), default: "1" } }],
    ["a key with a space", { "a b": { schema: z.string(), default: "" } }],
    ["a key that every object has", { constructor: { schema: z.string(), default: "" } }],
  ])("refuses %s", (_title, wrong) => {
    expect(() => defineOrganizationSettings(wrong as Parameters<typeof defineOrganizationSettings>[0])).toThrow(
      TypeError,
    );
  });
});

describe("settings of an organization", () => {
  it("are the defaults until somebody chooses, and another organization's stay as they are", async () => {
    const [one, two] = [await people.staffed("One"), await people.staffed("Two")];
    const changed = await one.as(one.owner, (tenant) =>
      changeSetting(tenant, settings, { key: "weekStart", value: "sunday" }),
    );
    expect(changed).toEqual({ key: "weekStart", value: "sunday", version: 1 });
    const read = (organization: typeof one) =>
      organization.as(organization.owner, (tenant) => getSettings(tenant, settings));
    expect((await read(one)).values).toEqual({
      weekStart: "sunday",
      pageSize: 20,
      labels: [],
      apiToken: "",
      anything: null,
    });
    expect((await read(one)).versions).toMatchObject({ weekStart: 1, pageSize: 0 });
    expect((await read(two)).values.weekStart).toBe("monday");
  });

  it("that no longer fit fall back to the default, are reported without their value, and can be chosen anew", async () => {
    const { id, owner, as } = await staffed("Old");
    const put = "insert into rowhouse.organization_settings (organization_id, key, value) values ($1, $2, $3)";
    await people.fixture.admin.query(put, [id, "weekStart", '"someday"']);
    await people.fixture.admin.query(put, [id, "retired", "true"]);
    const { values, versions } = await as(owner, (tenant) => getSettings(tenant, settings));
    expect([values.weekStart, versions.weekStart, "retired" in values]).toEqual(["monday", 1, false]);
    expect(reports).toMatchObject([{ organizationId: id, key: "weekStart" }]);
    expect(JSON.stringify(reports)).not.toContain("someday");
    const change = { key: "weekStart", value: "sunday", version: 1 } as const;
    expect(await as(owner, (tenant) => changeSetting(tenant, settings, change))).toMatchObject({ version: 2 });
  });

  it("are refused with the field that is wrong", async () => {
    const { owner, as } = await staffed("Wrong");
    const change = (key: string, value: unknown, version?: number) =>
      codeAndFieldsOf(as(owner, (tenant) => changeSetting(tenant, settings, { key, value, version } as never)));
    expect(await change("weekStart", "friday")).toBe("INVALID_INPUT weekStart");
    expect(await change("labels", ["ok", 7])).toBe("INVALID_INPUT labels.1");
    for (const key of ["nothing", "constructor", "__proto__", ""])
      expect(await change(key, 1)).toBe("INVALID_INPUT key");
    for (const bad of ["a\0b", "\ud800", { deep: ["\udfff"] }, { "\0": 1 }, "x".repeat(20_000)])
      expect(await change("anything", bad)).toBe("INVALID_INPUT anything");
    expect(await change("anything", "\\u0000 \\ud800 written out")).toBe("ok");
    expect(await change("pageSize", 30, 0.5)).toBe("INVALID_INPUT version");
  });

  it("change with an event that tells before and after and hides what is secret", async () => {
    const { owner, as, events } = await staffed("Told");
    await as(owner, (tenant) => changeSetting(tenant, settings, { key: "pageSize", value: 50 }));
    await as(owner, (tenant) => changeSetting(tenant, settings, { key: "pageSize", value: 50 }));
    await as(owner, (tenant) => changeSetting(tenant, settings, { key: "apiToken", value: "hidden" }));
    expect(await events()).toMatchObject([
      { action: "setting.changed", target_id: "pageSize", before: { pageSize: 20 }, after: { pageSize: 50 } },
      { action: "setting.changed", target_id: "apiToken", after: { apiToken: "[redacted]" } },
    ]);
  });

  it("are read and changed by who may and by nobody else", async () => {
    const { owner, member, as } = await staffed("Closed");
    expect(await codeAndFieldsOf(as(member, (tenant) => getSettings(tenant, settings)))).toBe("FORBIDDEN");
    expect(
      await codeAndFieldsOf(as(member, (tenant) => changeSetting(tenant, settings, { key: "pageSize", value: 9 }))),
    ).toBe("FORBIDDEN");
    expect(await codeAndFieldsOf(as(owner, (tenant) => getSettings(tenant, settings)))).toBe("ok");
  });

  it("change in the caller's transaction: all of them, or none", async () => {
    const { owner, as, actions } = await staffed("Together");
    const both = as(owner, (tenant) =>
      tenant.transaction(async (within) => {
        await changeSetting(within, settings, { key: "pageSize", value: 50 });
        await changeSetting(within, settings, { key: "weekStart", value: "sunday", version: 3 });
      }),
    );
    expect(await codeAndFieldsOf(both)).toBe("CONFLICT weekStart");
    const { values } = await as(owner, (tenant) => getSettings(tenant, settings));
    expect([values.pageSize, await actions()]).toEqual([20, []]);
  });

  it.each(Array.from({ length: 20 }, (_, round) => round))(
    "of ten who change the same version at once, one wins (round %i)",
    async (round) => {
      const { owner, as } = await staffed(`Race ${round}`);
      for (const version of [0, 1]) {
        const values = Array.from({ length: 10 }, (_, index) => 10 + version * 20 + index);
        const codes = await Promise.all(
          values.map((value) =>
            codeAndFieldsOf(
              as(owner, (tenant) => changeSetting(tenant, settings, { key: "pageSize", value, version })),
            ),
          ),
        );
        expect(codes.filter((code) => code === "ok")).toHaveLength(1);
        expect(codes.filter((code) => code === "CONFLICT pageSize")).toHaveLength(9);
        const read = await as(owner, (tenant) => getSettings(tenant, settings));
        expect([read.values.pageSize, read.versions.pageSize]).toEqual([values[codes.indexOf("ok")], version + 1]);
      }
    },
  );
});
