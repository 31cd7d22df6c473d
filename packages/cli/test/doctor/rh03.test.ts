import { describeChecks } from "./describe-checks.ts";
import { rh0301 } from "./cases/rh0301.ts";
import { rh0302 } from "./cases/rh0302.ts";
import { rh0303 } from "./cases/rh0303.ts";
import { rh0304 } from "./cases/rh0304.ts";
import { rh0305 } from "./cases/rh0305.ts";
import { rh0306 } from "./cases/rh0306.ts";
import { rh0307 } from "./cases/rh0307.ts";
import { rh0308 } from "./cases/rh0308.ts";
import { rh0309 } from "./cases/rh0309.ts";
import { rh0310 } from "./cases/rh0310.ts";
import { rh0311 } from "./cases/rh0311.ts";
import { rh0312 } from "./cases/rh0312.ts";
import { rh0313 } from "./cases/rh0313.ts";

await describeChecks("RH03", {
  RH0301: rh0301,
  RH0302: rh0302,
  RH0303: rh0303,
  RH0304: rh0304,
  RH0305: rh0305,
  RH0306: rh0306,
  RH0307: rh0307,
  RH0308: rh0308,
  RH0309: rh0309,
  RH0310: rh0310,
  RH0311: rh0311,
  RH0312: rh0312,
  RH0313: rh0313,
});
