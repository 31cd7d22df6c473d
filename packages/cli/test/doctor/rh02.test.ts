import { describeChecks } from "./describe-checks.ts";
import { rh0201 } from "./cases/rh0201.ts";

await describeChecks("RH02", { RH0201: rh0201 });
