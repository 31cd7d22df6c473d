import { describeChecks } from "./describe-checks.ts";
import { rh0201 } from "./cases/rh0201.ts";
import { rh0202 } from "./cases/rh0202.ts";
import { rh0203 } from "./cases/rh0203.ts";
import { rh0204 } from "./cases/rh0204.ts";
import { rh0205 } from "./cases/rh0205.ts";
import { rh0206 } from "./cases/rh0206.ts";
import { rh0207 } from "./cases/rh0207.ts";
import { rh0208 } from "./cases/rh0208.ts";
import { rh0209 } from "./cases/rh0209.ts";
import { rh0210 } from "./cases/rh0210.ts";
import { rh0211 } from "./cases/rh0211.ts";
import { rh0212 } from "./cases/rh0212.ts";
import { rh0213 } from "./cases/rh0213.ts";
import { rh0214 } from "./cases/rh0214.ts";
import { rh0215 } from "./cases/rh0215.ts";
import { rh0216 } from "./cases/rh0216.ts";
import { rh0217 } from "./cases/rh0217.ts";
import { rh0218 } from "./cases/rh0218.ts";
import { rh0219 } from "./cases/rh0219.ts";
import { rh0220 } from "./cases/rh0220.ts";

await describeChecks("RH02", {
  RH0201: rh0201,
  RH0202: rh0202,
  RH0203: rh0203,
  RH0204: rh0204,
  RH0205: rh0205,
  RH0206: rh0206,
  RH0207: rh0207,
  RH0208: rh0208,
  RH0209: rh0209,
  RH0210: rh0210,
  RH0211: rh0211,
  RH0212: rh0212,
  RH0213: rh0213,
  RH0214: rh0214,
  RH0215: rh0215,
  RH0216: rh0216,
  RH0217: rh0217,
  RH0218: rh0218,
  RH0219: rh0219,
  RH0220: rh0220,
});
