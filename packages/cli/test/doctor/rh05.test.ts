import { describeChecks } from "./describe-checks.ts";
import { rh0501 } from "./cases/rh0501.ts";
import { rh0502 } from "./cases/rh0502.ts";
import { rh0503 } from "./cases/rh0503.ts";
import { rh0504 } from "./cases/rh0504.ts";
import { rh0505 } from "./cases/rh0505.ts";
import { rh0506 } from "./cases/rh0506.ts";
import { rh0507 } from "./cases/rh0507.ts";
import { rh0508 } from "./cases/rh0508.ts";

await describeChecks("RH05", {
  RH0501: rh0501,
  RH0502: rh0502,
  RH0503: rh0503,
  RH0504: rh0504,
  RH0505: rh0505,
  RH0506: rh0506,
  RH0507: rh0507,
  RH0508: rh0508,
});
