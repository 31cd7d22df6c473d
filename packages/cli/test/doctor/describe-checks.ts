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
    const { holes, ...rest }: CheckCase =
      found === undefined || found === "apart" ? { nearMiss: "", holes: [] } : found;
    test.for(holes)("$title", async (hole, { skip }) => {
      const since = Math.max(rest.since ?? 0, hole.since ?? 0);
      skip((await majorOf(fixture)) < since, `Its own SQL needs Postgres ${since}.`);
      await goThrough(fixture, check, { ...rest, hole });
    });
  });
}

async function majorOf(fixture: DoctorFixture): Promise<number> {
  const { rows } = await (await fixture.shared()).query<{ server_version_num: string }>("show server_version_num");
  return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
}

type Walk = Partial<Omit<CheckCase, "holes">> & { readonly hole: Hole };

async function goThrough(fixture: DoctorFixture, check: Check, walk: Walk): Promise<void> {
  if (walk.committed === true) {
    await using database = await fixture.open();
    await walkThrough({ fixture, check, admin: database.admin, isOpen: false }, walk);
    return;
  }
  // What is never committed needs no database of its own, which is most of a test's time.
  const admin = await fixture.shared();
  await admin.query("begin");
  try {
    await walkThrough({ fixture, check, admin, isOpen: true }, walk);
  } finally {
    await admin.query("rollback");
  }
}

interface Place {
  readonly fixture: DoctorFixture;
  readonly check: Check;
  readonly admin: pg.Client;
  /** Whether all of it is one transaction that is under way. */
  readonly isOpen: boolean;
}

async function walkThrough(place: Place, { prepare, nearMiss, hole }: Walk): Promise<void> {
  const { fixture, check, admin } = place;
  // What is made CONCURRENTLY takes no part in a transaction, and comes out the same.
  const change = (sql: string | undefined) => admin.query(fixture.name(sql ?? ""));
  const look = () => lookAs(place, () => check.find(new Inspection(admin, fixture.subject)));
  await change(prepare);
  expect(await look(), "clean").toEqual([]);
  await change(nearMiss);
  expect(await look(), "near miss").toEqual([]);
  await change(hole.break);
  const found = await look();
  const expected = { object: fixture.name(hole.object), level: hole.level ?? check.level };
  expect(found.map(({ object, level }) => ({ object, level: level ?? check.level }))).toContainEqual(expected);
  if (hole.fix !== undefined) expect(found.map(({ fix }) => fix)).toContainEqual(fixture.name(hole.fix));
  for (const fix of fixesOf(found, hole)) await change(place.isOpen ? fix.replaceAll(" concurrently ", " ") : fix);
  expect(await look(), "mended").toEqual([]);
}

function fixesOf(found: readonly RawFinding[], { mend }: Hole): readonly string[] {
  if (mend !== undefined) return [mend];
  return found.map(({ object, fix }) => {
    if (fix === null) throw new TypeError(`${object}: the check prints no fix, so the case needs a mend.`);
    return fix;
  });
}

/** As the doctor looks: read-only, and with nothing but the catalog in reach of an unqualified name. */
async function lookAs<Result>({ admin, isOpen }: Place, look: () => Promise<Result>): Promise<Result> {
  await admin.query(isOpen ? "savepoint looking" : "begin");
  try {
    await admin.query(`set local transaction_read_only = on; ${inspectionSettings}`);
    return await look();
  } finally {
    await admin.query(isOpen ? "rollback to savepoint looking" : "rollback");
  }
}
