import { expect, test } from "vitest";
import { findPlanFault } from "../measure/find-plans.ts";
import { quickSize, runBenchmark } from "../run-benchmark.ts";

test("the quick benchmark runs every contestant in every situation, and its list stays an index scan", async () => {
  const result = await runBenchmark(quickSize, () => undefined);
  expect(result.rows).toBe(50_000);
  expect(result.comparisons.map(({ connections, delayMs }) => [connections, delayMs])).toEqual([
    [1, 0],
    [8, 0],
    [1, 1],
    [8, 1],
  ]);
  for (const { results } of result.comparisons) {
    expect(results).toHaveLength(4);
    for (const { perSecond } of results) expect(perSecond).toBeGreaterThan(0);
  }
  expect(result.growth).toHaveLength(2);
  expect(findPlanFault(result.plans.custom)).toBeUndefined();
  expect(findPlanFault(result.plans.generic)).toBeUndefined();
});

test("a plan that reads the whole table, sorts, or uses another index is a fault", () => {
  const index = "projects_by_created";
  expect(findPlanFault({ nodes: ["Limit", "Index Scan"], indexes: [index] })).toBeUndefined();
  expect(findPlanFault({ nodes: ["Limit", "Sort", "Seq Scan"], indexes: [] })).toContain("Seq Scan");
  expect(findPlanFault({ nodes: ["Limit", "Sort", "Index Scan"], indexes: [index] })).toContain("Sort");
  expect(findPlanFault({ nodes: ["Limit", "Index Scan"], indexes: ["projects_pkey"] })).toContain("projects_pkey");
});
