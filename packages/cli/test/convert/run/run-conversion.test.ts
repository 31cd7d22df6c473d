import { expect, it } from "vitest";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateConversion } from "../../../src/convert/validate/validate-conversion.ts";
import { appPlan } from "./app-plan.ts";
import { openApp } from "./open-app.ts";

it("a run goes through all phases", async () => {
  await using app = await openApp();
  const times: Record<string, number> = {};
  const began = Date.now();
  for (const until of ["organizations", "backfill", "constrain", "soft-isolation", "hard-isolation"] as const) {
    await runConversion(app.url, {
      plan: appPlan,
      until,
      agreed: true,
      throttle: false,
      report: (_share, doing) => (times[doing.split(":")[0] + until] = Date.now() - began),
    });
    console.log(until, JSON.stringify(await validateConversion(app.admin, appPlan, { reached: until }), null, 1));
  }
  await runConversion(app.url, { plan: appPlan, until: "contract", agreed: true });
  console.log(times, JSON.stringify(await validateConversion(app.admin, appPlan, { reached: "contract" }), null, 1));
  expect(1).toBe(1);
}, 60_000);
