import { describeChecks } from "./describe-checks.ts";
import { rh0401 } from "./cases/rh0401.ts";
import { rh0402 } from "./cases/rh0402.ts";
import { rh0403 } from "./cases/rh0403.ts";
import { rh0404 } from "./cases/rh0404.ts";
import { rh0405 } from "./cases/rh0405.ts";
import { rh0406 } from "./cases/rh0406.ts";
import { rh0407 } from "./cases/rh0407.ts";
import { rh0408 } from "./cases/rh0408.ts";
import { rh0409 } from "./cases/rh0409.ts";
import { rh0410 } from "./cases/rh0410.ts";

await describeChecks("RH04", {
  RH0401: rh0401,
  RH0402: rh0402,
  RH0403: rh0403,
  RH0404: rh0404,
  RH0405: rh0405,
  RH0406: rh0406,
  RH0407: rh0407,
  RH0408: rh0408,
  RH0409: rh0409,
  RH0410: rh0410,
});
