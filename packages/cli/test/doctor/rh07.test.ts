import { describeChecks } from "./describe-checks.ts";
import { rh0701 } from "./cases/rh0701.ts";
import { rh0702 } from "./cases/rh0702.ts";
import { rh0703 } from "./cases/rh0703.ts";

await describeChecks("RH07", { RH0701: rh0701, RH0702: rh0702, RH0703: rh0703 });
