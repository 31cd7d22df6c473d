import type { Attack } from "../attack.ts";
import { aggregate } from "./aggregate.ts";
import { contextAfterRollback } from "./context-after-rollback.ts";
import { copyIn } from "./copy-in.ts";
import { copyOut } from "./copy-out.ts";
import { deleteAll } from "./delete-all.ts";
import { deleteByKey } from "./delete-by-key.ts";
import { errorText } from "./error-text.ts";
import { emptyContext, garbageContext } from "./garbage-context.ts";
import { insertForOther } from "./insert-for-other.ts";
import { join } from "./join.ts";
import { merge } from "./merge.ts";
import { moveToOther } from "./move-to-other.ts";
import { noContext } from "./no-context.ts";
import { preparedPlan } from "./prepared-plan.ts";
import { rowSecurityOff } from "./row-security-off.ts";
import { selectAll } from "./select-all.ts";
import { selectByKey } from "./select-by-key.ts";
import { selectForUpdate } from "./select-for-update.ts";
import { statistics } from "./statistics.ts";
import { takeOver } from "./take-over.ts";
import { truncate } from "./truncate.ts";
import { updateAll } from "./update-all.ts";
import { updateByKey } from "./update-by-key.ts";
import { upsert } from "./upsert.ts";

/** Everything that is tried, in the order of the report's columns. */
export const attacks: readonly Attack[] = [
  ...[selectByKey, selectAll, join, aggregate, copyOut, errorText, statistics, rowSecurityOff],
  ...[updateByKey, updateAll, deleteByKey, deleteAll, moveToOther, takeOver, insertForOther, upsert, merge],
  ...[selectForUpdate, copyIn, truncate],
  ...[noContext, emptyContext, garbageContext, contextAfterRollback, preparedPlan],
];
