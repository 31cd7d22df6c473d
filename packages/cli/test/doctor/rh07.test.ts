import { describeChecks } from "./describe-checks.ts";
import { rh0701 } from "./cases/rh0701.ts";
import { rh0702 } from "./cases/rh0702.ts";
import { rh0703 } from "./cases/rh0703.ts";
import { rh0704 } from "./cases/rh0704.ts";
import { rh0705 } from "./cases/rh0705.ts";

await describeChecks("RH07", {
  RH0701: rh0701,
  RH0702: rh0702,
  RH0703: rh0703,
  RH0704: rh0704,
  RH0705: rh0705,
});
