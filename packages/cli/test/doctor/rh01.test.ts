import { describeChecks } from "./describe-checks.ts";
import { rh0101 } from "./cases/rh0101.ts";

await describeChecks("RH01", { RH0101: rh0101 });
