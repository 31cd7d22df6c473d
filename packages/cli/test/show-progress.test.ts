import { expect, it } from "vitest";
import { tellRows } from "../src/convert/run/tell-rows.ts";
import { showProgress } from "../src/show-progress.ts";

function watched(columns: number | undefined) {
  let written = "";
  let at = 0;
  const progress = showProgress({ write: (text) => void (written += text), columns, now: () => at });
  return {
    later: (ms: number, share: number, doing: string): string => {
      at += ms;
      written = "";
      progress.report(share, doing);
      return written;
    },
  };
}

it("on a terminal one line is written over, never longer than the line is", () => {
  const { later } = watched(40);
  expect(later(0, 0.5, "backfill:public.links")).toBe("\r\u001b[2K██████████░░░░░░░░░░  50 % backfill:pub");
  expect(later(10, 0.6, "too soon")).toBe("");
  expect(later(100, 1, "end")).toBe("\r\u001b[2K████████████████████ 100 % end");
});

it("elsewhere it is a plain line every five seconds, and none for what ends before", () => {
  const { later } = watched(undefined);
  expect(later(4000, 0.1, "begins")).toBe("");
  expect(later(1000, 0.2, "fills")).toBe(" 20 % fills\n");
  expect(later(4000, 0.3, "fills")).toBe("");
});

it("rows are told with what is expected, a second's rate and the time left, and an estimate that was too low is left out", () => {
  const rate = 40_000;
  expect(tellRows({ done: 1_200_000, rate, total: 2_000_000 })).toBe(
    "1,200,000 of 2,000,000 rows, 40,000 a second, 20 s left",
  );
  expect(tellRows({ done: 1, rate: 1, total: 8001 })).toBe("1 of 8,001 rows, 1 a second, 2 h 13 min left");
  expect(tellRows({ done: 11, rate, total: 10 })).toBe("11 rows, 40,000 a second");
});
