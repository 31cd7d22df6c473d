import { describeChecks } from "./describe-checks.ts";
import { rh0101 } from "./cases/rh0101.ts";
import { rh0102 } from "./cases/rh0102.ts";
import { rh0103 } from "./cases/rh0103.ts";
import { rh0104 } from "./cases/rh0104.ts";
import { rh0105 } from "./cases/rh0105.ts";

await describeChecks("RH01", {
  RH0101: rh0101,
  RH0102: rh0102,
  RH0103: rh0103,
  RH0104: rh0104,
  RH0105: rh0105,
});
