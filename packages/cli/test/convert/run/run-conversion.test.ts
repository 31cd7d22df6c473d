import { expect, it } from "vitest";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { appPlan } from "./app-plan.ts";
import { openApp } from "./open-app.ts";

it("a run goes through all phases", async () => {
  await using app = await openApp();
  const times: Record<string, number> = {};
  const began = Date.now();
  await runConversion(app.url, {
    plan: appPlan,
    until: "contract",
    agreed: true,
    throttle: false,
    report: (_share, doing) => (times[doing] ??= Date.now() - began),
  });
  if (process.env.SHOW) console.log(times);
  expect(1).toBe(1);
}, 60_000);
