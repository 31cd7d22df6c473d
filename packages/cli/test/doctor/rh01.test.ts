import { describeChecks } from "./describe-checks.ts";
import { rh0101 } from "./cases/rh0101.ts";
import { rh0102 } from "./cases/rh0102.ts";
import { rh0103 } from "./cases/rh0103.ts";
import { rh0104 } from "./cases/rh0104.ts";
import { rh0105 } from "./cases/rh0105.ts";
import { rh0106 } from "./cases/rh0106.ts";
import { rh0107 } from "./cases/rh0107.ts";
import { rh0108 } from "./cases/rh0108.ts";
import { rh0109 } from "./cases/rh0109.ts";
import { rh0111 } from "./cases/rh0111.ts";
import { rh0112 } from "./cases/rh0112.ts";
import { rh0113 } from "./cases/rh0113.ts";

await describeChecks("RH01", {
  RH0101: rh0101,
  RH0102: rh0102,
  RH0103: rh0103,
  RH0104: rh0104,
  RH0105: rh0105,
  RH0106: rh0106,
  RH0107: rh0107,
  RH0108: rh0108,
  RH0109: rh0109,
  RH0110: "apart",
  RH0111: rh0111,
  RH0112: rh0112,
  RH0113: rh0113,
});
