import { validate, version } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newOrganizationId } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture();
});

afterAll(() => fixture[Symbol.asyncDispose]());

const millisecondsOf = (id: string): number => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

describe("rowhouse.uuid_v7()", () => {
  it("has version 7, the variant of RFC 9562, and is never the same", async () => {
    const { rows } = await fixture.admin.query<{ id: string }>(
      "select rowhouse.uuid_v7() as id from generate_series(1, 2000)",
    );
    expect(rows.filter(({ id }) => !validate(id) || version(id) !== 7 || !/^[89ab]$/.test(id.charAt(19)))).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2000);
  });

  it("carries the time of its making and sorts by it, together with ids that the application made", async () => {
    const ids: string[] = [];
    for (let time = 0; time < 5; time += 1) {
      const { rows } = await fixture.admin.query<{ id: string; now: string }>(
        "select rowhouse.uuid_v7() as id, (extract(epoch from clock_timestamp()) * 1000)::bigint as now, pg_sleep(0.005)",
      );
      const [row] = rows;
      if (row === undefined) throw new TypeError("a select without a table has one row");
      expect(Math.abs(millisecondsOf(row.id) - Number(row.now))).toBeLessThan(1_000);
      ids.push(row.id, newOrganizationId());
      await fixture.admin.query("select pg_sleep(0.005)");
    }
    expect([...ids].sort()).toEqual(ids);
  });
});
