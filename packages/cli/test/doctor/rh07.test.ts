import { describeChecks } from "./describe-checks.ts";
import { rh0704 } from "./cases/rh0704.ts";
import { rh0705 } from "./cases/rh0705.ts";

await describeChecks("RH07", { RH0704: rh0704, RH0705: rh0705 });
