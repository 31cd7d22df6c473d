import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { codeOf } from "../fixture/code-of.ts";
import type { TwoOrganizations } from "../fixture/two-organizations.ts";
import type { Rule } from "./conformance.ts";
import type { Handle } from "./contestant.ts";

const shared = "everybody's";

/** What holds of a table in which rows without an organization are everybody's to read. */
export const mixedRules: Readonly<Record<string, Rule>> = {
  "of a mixed table an organization reads its own rows and everybody's": async ({ world }, inAcme) => {
    await plant(world);
    await inAcme(async (db) => {
      expect(await db.createPreset("a")).toMatchObject({ organizationId: world.acme.id });
      expect(await db.presets()).toEqual(["a", shared]);
      expect(await db.countPresets()).toBe(2);
    });
  },

  "of a mixed table an organization writes its own rows alone": async ({ world }, inAcme) => {
    const { everybodys, foreign } = await plant(world);
    await inAcme(async (db) => {
      const { id } = await db.createPreset("a");
      expect(await changes(db, id)).toEqual(["ok", 1, 1]);
      for (const other of [everybodys, foreign]) {
        // An upsert fails or does nothing: which, the adapters say in different words.
        expect((await changes(db, other)).slice(1)).toEqual([0, 0]);
      }
      expect(await codeOf(db.raw("insert into presets (name) values ('nobody''s')"))).toBe("ROW_SECURITY");
    });
    expect(await namesOf(world)).toEqual([shared, "globex preset"]);
  },

  "a row refers to everybody's row or to one of its organization's; another's is as if it were not there": async (
    { world },
    inAcme,
  ) => {
    const { everybodys, foreign } = await plant(world);
    await inAcme(async (db) => {
      const { id } = await db.createPreset("a");
      await db.usePreset(id);
      expect(await db.tasksWithPresets()).toEqual([{ title: "acme task", preset: "a" }]);
      await db.usePreset(everybodys);
      expect(await db.tasksWithPresets()).toEqual([{ title: "acme task", preset: shared }]);
      const [another, none] = [await refusalOf(db, foreign), await refusalOf(db, randomUUID())];
      expect(another.code).toBe("MISSING_REFERENCE");
      expect(another).toEqual(none);
    });
  },

  "everybody's row leads to the organization's own rows alone": async ({ world }, inAcme) => {
    await plant(world);
    await world.fixture.admin.query(
      "update tasks set preset_id = (select id from presets where organization_id is null)",
    );
    await inAcme(async (db) => {
      expect(await db.presetsWithTasks()).toEqual([{ name: shared, tasks: ["acme task"] }]);
    });
  },

  "the scope of a mixed table holds without row security as well": async ({ world, contestant }, inAcme) => {
    // Nothing but row security binds SQL by hand.
    if (contestant.fixedCode === "ROW_SECURITY") return;
    const { everybodys, foreign } = await plant(world);
    const { admin } = world.fixture;
    await admin.query("update tasks set preset_id = (select id from presets where organization_id is null)");
    const turn = (way: "enable" | "disable") =>
      admin.query(["presets", "tasks"].map((table) => `alter table ${table} ${way} row level security`).join("; "));
    await turn("disable");
    try {
      await inAcme(async (db) => {
        expect(await db.presets()).toEqual([shared]);
        expect(await db.countPresets()).toBe(1);
        expect(await db.presetsWithTasks()).toEqual([{ name: shared, tasks: ["acme task"] }]);
        for (const id of [everybodys, foreign]) expect((await changes(db, id)).slice(1)).toEqual([0, 0]);
        expect(await namesOf(world)).toEqual([shared, "globex preset"]);
      });
      await admin.query("alter table tasks disable trigger user");
      await admin.query("update tasks set preset_id = $1", [foreign]);
      await inAcme(async (db) => {
        expect(await db.tasksWithPresets()).toEqual([{ title: "acme task", preset: null }]);
      });
    } finally {
      await turn("enable");
      await admin.query("alter table tasks enable trigger user");
    }
  },
};

/** Puts a row of another organization beside everybody's. */
async function plant({ fixture, globex }: TwoOrganizations): Promise<{ everybodys: string; foreign: string }> {
  const text = "insert into presets (organization_id, name) values ($1, 'globex preset') returning id";
  const { rows } = await fixture.admin.query<{ id: string }>(text, [globex.id]);
  const found = await fixture.admin.query<{ id: string }>("select id from presets where organization_id is null");
  return { everybodys: found.rows[0]?.id ?? "", foreign: rows[0]?.id ?? "" };
}

/** What comes of an upsert, a change and a removal. */
async function changes(db: Handle, id: string): Promise<[string, number, number]> {
  return [await codeOf(db.putPreset(id, "taken")), await db.renamePreset(id, "taken"), await db.removePreset(id)];
}

async function refusalOf(db: Handle, preset: string): Promise<{ code: unknown; message: unknown }> {
  const error: unknown = await db.usePreset(preset).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new TypeError("the reference was accepted");
  return { code: "code" in error ? error.code : undefined, message: error.message };
}

async function namesOf({ fixture }: TwoOrganizations): Promise<string[]> {
  const { rows } = await fixture.admin.query<{ name: string }>("select name from presets order by name");
  return rows.map(({ name }) => name);
}
