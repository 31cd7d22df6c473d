import { rh0301 } from "../policy-checks/rh0301.ts";
import { rh0302 } from "../policy-checks/rh0302.ts";
import { rh0303 } from "../policy-checks/rh0303.ts";
import { rh0304 } from "../policy-checks/rh0304.ts";
import { rh0305 } from "../policy-checks/rh0305.ts";
import { rh0306 } from "../policy-checks/rh0306.ts";
import { rh0307 } from "../policy-checks/rh0307.ts";
import { rh0308 } from "../policy-checks/rh0308.ts";
import { rh0309 } from "../policy-checks/rh0309.ts";
import { rh0310 } from "../policy-checks/rh0310.ts";
import { rh0311 } from "../policy-checks/rh0311.ts";
import { rh0312 } from "../policy-checks/rh0312.ts";
import { rh0704 } from "../policy-checks/rh0704.ts";
import type { Inspection, RawFinding } from "./inspection.ts";

/** The checks that have to understand what a policy says, by number. Each has a page in `checks/`, as the others do. */
export const expressionChecks: ReadonlyMap<string, (inspection: Inspection) => Promise<readonly RawFinding[]>> =
  new Map(
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
      RH0704: rh0704,
    }),
  );
