import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { rh0301 } from "./rh0301.ts";
import { rh0302 } from "./rh0302.ts";
import { rh0303 } from "./rh0303.ts";
import { rh0304 } from "./rh0304.ts";
import { rh0305 } from "./rh0305.ts";
import { rh0306 } from "./rh0306.ts";
import { rh0307 } from "./rh0307.ts";
import { rh0308 } from "./rh0308.ts";
import { rh0309 } from "./rh0309.ts";
import { rh0310 } from "./rh0310.ts";
import { rh0311 } from "./rh0311.ts";
import { rh0312 } from "./rh0312.ts";
import { rh0508 } from "./rh0508.ts";
import { rh0601 } from "./rh0601.ts";
import { rh0606 } from "./rh0606.ts";
import { rh0703 } from "./rh0703.ts";
import { rh0704 } from "./rh0704.ts";

/** The checks that have to understand what a policy or a function says, or to read rows, by number. Each has a page in `checks/`, as the others do. */
export const checksInCode: ReadonlyMap<string, (inspection: Inspection) => Promise<readonly RawFinding[]>> = new Map(
  Object.entries({
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
    RH0508: rh0508,
    RH0601: rh0601,
    RH0606: rh0606,
    RH0703: rh0703,
    RH0704: rh0704,
  }),
);
