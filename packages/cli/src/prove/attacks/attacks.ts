import type { Attack } from "../attack.ts";
import { aggregate } from "./aggregate.ts";
import { cascade } from "./cascade.ts";
import { contextAfterRollback } from "./context-after-rollback.ts";
import { copyIn } from "./copy-in.ts";
import { copyOut } from "./copy-out.ts";
import { deleteAll } from "./delete-all.ts";
import { deleteByKey } from "./delete-by-key.ts";
import { errorText } from "./error-text.ts";
import { explain } from "./explain.ts";
import { foreignKeyOracle } from "./foreign-key-oracle.ts";
import { foreignKeyReference } from "./foreign-key-reference.ts";
import { functionCall } from "./function-call.ts";
import { emptyContext, garbageContext } from "./garbage-context.ts";
import { insertForOther } from "./insert-for-other.ts";
import { join } from "./join.ts";
import { largeObjects } from "./large-objects.ts";
import { merge } from "./merge.ts";
import { moveToOther } from "./move-to-other.ts";
import { noContext } from "./no-context.ts";
import { notifications } from "./notifications.ts";
import { onConflictOracle } from "./on-conflict-oracle.ts";
import { preparedPlan } from "./prepared-plan.ts";
import { rowOfNobody } from "./row-of-nobody.ts";
import { rowSecurityOff } from "./row-security-off.ts";
import { selectAll } from "./select-all.ts";
import { selectByKey } from "./select-by-key.ts";
import { selectForUpdate } from "./select-for-update.ts";
import { sequenceRead } from "./sequence-read.ts";
import { setRole } from "./set-role.ts";
import { statistics } from "./statistics.ts";
import { takeOver } from "./take-over.ts";
import { tempShadow } from "./temp-shadow.ts";
import { truncate } from "./truncate.ts";
import { uniqueOracle } from "./unique-oracle.ts";
import { updateAll } from "./update-all.ts";
import { updateByKey } from "./update-by-key.ts";
import { upsert } from "./upsert.ts";
import { viewRead } from "./view-read.ts";
import { viewWrite } from "./view-write.ts";

/** Everything that is tried, in the order of the report's columns. */
export const attacks: readonly Attack[] = [
  ...[selectByKey, selectAll, join, aggregate, viewRead, functionCall, copyOut, errorText, statistics, largeObjects],
  ...[
    updateByKey,
    updateAll,
    deleteByKey,
    deleteAll,
    moveToOther,
    takeOver,
    insertForOther,
    rowOfNobody,
    upsert,
    merge,
    viewWrite,
  ],
  ...[selectForUpdate, copyIn, truncate, foreignKeyReference, cascade],
  ...[foreignKeyOracle, uniqueOracle, onConflictOracle, sequenceRead, notifications, explain],
  ...[noContext, emptyContext, garbageContext, contextAfterRollback, preparedPlan],
  ...[rowSecurityOff, setRole, tempShadow],
];
