import { beforeAll, expect, test } from "vitest";
import { allContestants } from "../contestants/all-contestants.ts";
import { findPlanFault } from "../measure/find-plans.ts";
import { judge } from "../report/judge.ts";
import { renderReport } from "../report/render-report.ts";
import { quickSize, runBenchmark, type BenchmarkResult } from "../run-benchmark.ts";
import { selectAxes } from "../select-axes.ts";

let result: BenchmarkResult;
beforeAll(async () => {
  const axes = selectAxes(["operations", "memory", "growth", "direct", "8", "list", "transaction"]);
  result = await runBenchmark(quickSize, { axes, only: [] }, () => undefined);
}, 120_000);

test("every contestant answers as the SQL by hand does, and is measured beside it", () => {
  const keys = allContestants.map(({ key }) => key);
  expect(result.contestants.map(({ key }) => key)).toEqual(keys);
  expect(result.comparisons.map(({ operation }) => operation)).toEqual(["list", "transaction"]);
  for (const { results } of result.comparisons) {
    expect(results.map(({ key }) => key)).toEqual(keys);
    for (const { perSecond } of results) expect(perSecond).toBeGreaterThan(0);
  }
});

test("what is Rowhouse's holds with the organization forgotten, in plain SQL, and through its own queries without row security", () => {
  const ours = result.contestants.filter(({ key }) => key.startsWith("rowhouse"));
  const expected = ours.map(({ key }) => {
    // Plain SQL on pg is not rewritten, so it has row security alone.
    const withoutRowSecurity = key === "rowhouse-pg" ? "crosses" : "holds";
    return [key, { query: "holds", sql: "holds", withoutRowSecurity }];
  });
  expect(ours.map(({ key, protection }) => [key, protection])).toEqual(expected);
  expect(ours).not.toEqual([]);
});

test("the probe finds the hole of those who have one", () => {
  const protectionOf = (key: string) => result.contestants.find((one) => one.key === key)?.protection;
  expect(protectionOf("by-hand")).toEqual({ query: "crosses", sql: "crosses", withoutRowSecurity: "crosses" });
  expect(protectionOf("four-round-trips")?.withoutRowSecurity).toBe("crosses");
});

test("a statement of Rowhouse's takes one round trip, as by hand, and the usual recipe's takes four", () => {
  const roundTripsOf = (key: string) => result.contestants.find((one) => one.key === key)?.roundTrips;
  const one = { list: 1, get: 1, insert: 1, update: 1, join: 1 };
  expect(roundTripsOf("by-hand")).toEqual({ ...one, transaction: 7 });
  expect(roundTripsOf("rowhouse-pg")).toEqual({ ...one, transaction: 6 });
  expect(roundTripsOf("rowhouse-kysely")).toEqual({ ...one, transaction: 6 });
  expect(roundTripsOf("rowhouse-drizzle")).toEqual({ ...one, transaction: 6 });
  expect(roundTripsOf("four-round-trips")).toMatchObject({ list: 4, transaction: 8 });
});

test("the list stays an index scan, and the report says of every target whether it is kept", () => {
  expect(findPlanFault(result.plans.custom)).toBeUndefined();
  expect(findPlanFault(result.plans.generic)).toBeUndefined();
  expect(result.growth).toHaveLength(2);
  const report = renderReport(result);
  for (const { promise } of judge(result)) expect(report).toContain(promise);
  expect(report).toContain("**Where Rowhouse loses**");
});

test("a plan that reads the whole table, sorts, or uses another index is a fault", () => {
  const index = "projects_by_created";
  expect(findPlanFault({ nodes: ["Limit", "Index Scan"], indexes: [index] })).toBeUndefined();
  expect(findPlanFault({ nodes: ["Limit", "Sort", "Seq Scan"], indexes: [] })).toContain("Seq Scan");
  expect(findPlanFault({ nodes: ["Limit", "Sort", "Index Scan"], indexes: [index] })).toContain("Sort");
  expect(findPlanFault({ nodes: ["Limit", "Index Scan"], indexes: ["projects_pkey"] })).toContain("projects_pkey");
});
