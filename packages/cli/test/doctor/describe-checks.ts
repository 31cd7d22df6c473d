import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Inspection, inspectionSettings, type RawFinding } from "../../src/doctor/inspection.ts";
import { loadChecks, type Check } from "../../src/doctor/load-checks.ts";
import type { CheckCase, Hole } from "./check-case.ts";
import { openDoctorFixture, type DoctorFixture } from "./doctor-fixture.ts";

/**
 * Tests every check whose number begins with `group`: it must have a case, and the case must go from clean to clean.
 * "apart" stands for a check of what no statement can change, which has a test file of its own.
 */
export async function describeChecks(
  group: string,
  cases: Readonly<Record<string, CheckCase | "apart">>,
): Promise<void> {
  const checks = (await loadChecks()).filter(({ code }) => code.startsWith(group));
  let fixture: DoctorFixture;
  beforeAll(async () => {
    fixture = await openDoctorFixture(group.toLowerCase());
  });
  afterAll(() => fixture[Symbol.asyncDispose]());

  test("every check has a case, and every case a check", () => {
    expect(Object.keys(cases).sort()).toEqual(checks.map(({ code }) => code));
  });

  describe.each(checks.filter(({ code }) => cases[code] !== "apart"))("$code $name", (check) => {
    const found = cases[check.code];
    const { holes = [], ...rest } = found === undefined || found === "apart" ? {} : found;
    test.each(holes)("$title", (hole) => goThrough(fixture, check, { ...rest, hole }));
  });
}

type Walk = Partial<Omit<CheckCase, "holes">> & { readonly hole: Hole };

async function goThrough(
  fixture: DoctorFixture,
  check: Check,
  { prepare, nearMiss, hole, cleanUp }: Walk,
): Promise<void> {
  await using database = await fixture.open();
  const { admin } = database;
  const change = (sql: string | undefined) => admin.query(fixture.name(sql ?? ""));
  const look = () => lookAs(admin, () => check.find(new Inspection(admin, fixture.subject)));
  try {
    await change(prepare);
    expect(await look(), "clean").toEqual([]);
    await change(nearMiss);
    expect(await look(), "near miss").toEqual([]);
    await change(hole.break);
    const found = await look();
    const expected = { object: fixture.name(hole.object), level: hole.level ?? check.level };
    expect(found.map(({ object, level }) => ({ object, level: level ?? check.level }))).toContainEqual(expected);
    for (const fix of fixesOf(found, hole)) await change(fix);
    expect(await look(), "mended").toEqual([]);
  } finally {
    await change(cleanUp);
  }
}

function fixesOf(found: readonly RawFinding[], { mend }: Hole): readonly string[] {
  if (mend !== undefined) return [mend];
  return found.map(({ object, fix }) => {
    if (fix === null) throw new TypeError(`${object}: the check prints no fix, so the case needs a mend.`);
    return fix;
  });
}

/** As the doctor looks: read-only, and with nothing but the catalog in reach of an unqualified name. */
async function lookAs<Result>(admin: pg.Client, look: () => Promise<Result>): Promise<Result> {
  await admin.query(`begin transaction read only; ${inspectionSettings}`);
  try {
    return await look();
  } finally {
    await admin.query("rollback");
  }
}
