import { describeChecks } from "./describe-checks.ts";
import { rh0601 } from "./cases/rh0601.ts";
import { rh0602 } from "./cases/rh0602.ts";
import { rh0603 } from "./cases/rh0603.ts";
import { rh0604 } from "./cases/rh0604.ts";
import { rh0605 } from "./cases/rh0605.ts";
import { rh0606 } from "./cases/rh0606.ts";

await describeChecks("RH06", {
  RH0601: rh0601,
  RH0602: rh0602,
  RH0603: rh0603,
  RH0604: rh0604,
  RH0605: rh0605,
  RH0606: rh0606,
});
