import { expect, test } from "vitest";
import type { KeyedResult } from "../compare-contestants.ts";
import { findLosses } from "../report/find-losses.ts";

test("a contestant of Rowhouse's that is slower than a rival is listed with the case, the worst first", () => {
  const losses = findLosses({
    authorization: [],
    comparisons: [
      {
        network: "direct",
        connections: 8,
        operation: "list",
        results: [lane("by-hand", 1), lane("rowhouse-kysely", 0.9)],
      },
      {
        network: "direct",
        connections: 1,
        operation: "get",
        results: [lane("by-hand", 1), lane("rowhouse-kysely", 0.5)],
      },
      {
        network: "direct",
        connections: 1,
        operation: "join",
        results: [lane("by-hand", 1), lane("rowhouse-kysely", 0.96)],
      },
    ],
  });
  expect(losses).toEqual(["rowhouse-kysely to by-hand: 0.50× get by id (direct, 1); 0.90× list 20 (direct, 8)"]);
});

test("who is compared is what counts: faster than a rival that is slow itself is no loss", () => {
  const results = [lane("by-hand", 1), lane("rowhouse-prisma", 0.4), lane("prisma-recipe", 0.2)];
  const comparisons = [{ network: "delayed", connections: 1, operation: "list", results } as const];
  expect(findLosses({ authorization: [], comparisons })).toEqual([]);
});

function lane(key: string, throughputRatio: number): KeyedResult {
  return { key, name: key, throughputRatio, latencyRatio: 1, perSecond: 1, p50Ms: 1, p95Ms: 1 };
}
