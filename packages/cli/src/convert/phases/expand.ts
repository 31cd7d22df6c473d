import type { Plan } from "../plan.ts";
import { name } from "./names.ts";
import type { Schema } from "./schema.ts";
import { together, type Step } from "./step.ts";

/** The control plane is made beside the application, which keeps every right it has. */
export function planExpand(_plan: Plan, schema: Schema): Step[] {
  const database = name(schema.database);
  return [
    {
      id: "expand:control-plane",
      phase: "expand",
      act: "install",
      do: [],
      undo: schema.hasControlPlane
        ? []
        : [
            together(
              "truncate rowhouse_convert.owners",
              "drop schema rowhouse cascade",
              ...(schema.hasJobQueue ? [] : ["drop schema if exists graphile_worker cascade"]),
              `revoke create on database ${database} from rowhouse_owner`,
            ),
          ],
      lock: null,
      on: [],
      estimate: "a few seconds, in schemas of their own",
    },
  ];
}
