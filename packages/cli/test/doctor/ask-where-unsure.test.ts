import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askWhereUnsure } from "../../src/doctor/ask-where-unsure.ts";
import { findSubject, type GivenSubject } from "../../src/doctor/find-subject.ts";
import { inspectionSettings } from "../../src/doctor/inspection.ts";
import { runHere } from "../fixture/run-here.ts";
import { openDoctorFixture, type DoctorDatabase, type DoctorFixture } from "./doctor-fixture.ts";

let fixture: DoctorFixture;
let unclear: DoctorDatabase;
let app: string;

beforeAll(async () => {
  fixture = await openDoctorFixture("ask");
  app = fixture.name("{{app}}");
  unclear = await fixture.open();
  await unclear.admin.query(fixture.name("revoke all on all tables in schema public from {{app}}"));
});
afterAll(async () => {
  await unclear[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** A person who says these lines, then leaves; and what they were shown. */
function person(...lines: readonly string[]) {
  const shown: string[] = [];
  const left = [...lines];
  return { shown, ask: (question: string) => (shown.push(question), Promise.resolve(left.shift())) };
}

const unsureOfRole = /^INVALID_INPUT: Which is the role that serves tenants\? .*Say it with --app-role\.\n$/;

describe("where nobody can be asked", () => {
  test("what is not sure ends with 2 and the flag that says it", async () => {
    const { code, error } = await runHere(["doctor", "--url", unclear.url]);
    expect(code).toBe(2);
    expect(error).toMatch(unsureOfRole);
  });

  test("a format for machines asks nobody", async () => {
    const { ask, shown } = person(app);
    const { code, error } = await runHere(["doctor", "--url", unclear.url, "--format", "json"], undefined, ask);
    expect({ code, shown }).toEqual({ code: 2, shown: [] });
    expect(error).toMatch(unsureOfRole);
  });
});

describe("where somebody can be asked", () => {
  test("the report is about their answer, once it names what is there", async () => {
    const { ask, shown } = person("nobody_at_all", app);
    const { out, error } = await runHere(["doctor", "--url", unclear.url], undefined, ask);
    expect(error).toBe("");
    expect(out).toContain(`checks for ${app}: `);
    expect(out).not.toContain("Which is");
    expect(shown).toEqual([
      expect.stringMatching(
        /^Which is the role that serves tenants\? \(--app-role .*\nOnly owners .*\nIt may be: .*\n\[\w+\] > $/,
      ),
      expect.stringMatching(/^The server has no role nobody_at_all\.\n\[\w+\] > $/),
    ]);
  });

  test("who leaves without an answer ends it with 2 and one line", async () => {
    const { code, out, error } = await runHere(["doctor", "--url", unclear.url], undefined, person().ask);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toMatch(unsureOfRole);
  });

  test("a flag that cannot be is no question", async () => {
    const { ask, shown } = person(app);
    const { code } = await runHere(["doctor", "--url", unclear.url, "--app-role", "nobody_at_all"], undefined, ask);
    expect({ code, shown }).toEqual({ code: 2, shown: [] });
  });

  test("an empty line takes what is offered, and is none where nothing is", async () => {
    await rolledBack(async (admin) => {
      await admin.query(`
        create schema other; create table other.tenants (id uuid primary key); create table other.teams (id uuid primary key);
        drop table public.memberships, public.tasks, public.projects, public.events, public.organizations cascade`);
      const { ask, shown } = person("", "id", "", app);
      const { subject } = await find(admin, { contextSetting: "app.org" }, ask);
      expect(subject).toEqual({
        appRoles: [app],
        tenantColumn: "id",
        organizationsTable: "other.teams",
        contextSettings: ["app.org"],
      });
      expect(shown.map((text) => text.split("\n").at(-1))).toEqual(["> ", "> ", "[other.teams] > ", "[postgres] > "]);
    });
  });
});

describe("what was said is looked up", () => {
  test("a column that no table has would pass everything, and ends it", async () => {
    await rolledBack(async (admin) => {
      await expect(find(admin, { tenantColumn: "organisation" })).rejects.toThrow(
        "No table has a column organisation.",
      );
    });
  });

  test("a setting is two words and a dot", async () => {
    await rolledBack(async (admin) => {
      await expect(find(admin, { appRoles: [app], contextSetting: "org" })).rejects.toThrow(
        "org is no name of a setting",
      );
    });
  });

  test("a table goes by its name as it is or as it is quoted, and needs its schema where there are two", async () => {
    await rolledBack(async (admin) => {
      await admin.query(`create schema "a.b"; create table "a.b"."Odd ""name""" (id uuid primary key);
        create table "a.b".twice (id uuid primary key); create schema c; create table c.twice (id uuid primary key)`);
      const named = async (organizationsTable: string) =>
        (await find(admin, { organizationsTable, appRoles: [app] })).subject.organizationsTable;
      const quoted = '"a.b"."Odd ""name"""';
      for (const name of ['Odd "name"', '"Odd ""name"""', 'a.b.Odd "name"', quoted])
        expect(await named(name)).toBe(quoted);
      expect(await named("c.twice")).toBe("c.twice");
      await expect(named("twice")).rejects.toThrow('more than one table twice: "a.b".twice, c.twice.');
      await expect(named('un"ended')).rejects.toThrow('There is no table un"ended.');
    });
  });
});

function find(admin: pg.Client, given: GivenSubject, ask?: ReturnType<typeof person>["ask"]) {
  return askWhereUnsure({ given, ask }, (said) => findSubject(admin, said));
}

async function rolledBack(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const { admin } = unclear;
  await admin.query(`begin; ${inspectionSettings}`);
  try {
    await work(admin);
  } finally {
    await admin.query("rollback");
  }
}
