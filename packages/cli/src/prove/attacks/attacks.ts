import type { Attack } from "../attack.ts";
import { cascade } from "./cascade.ts";
import { deleteByKey } from "./delete-by-key.ts";
import { explain } from "./explain.ts";
import { foreignKeyOracle } from "./foreign-key-oracle.ts";
import { foreignKeyReference } from "./foreign-key-reference.ts";
import { functionCall } from "./function-call.ts";
import { insertForOther } from "./insert-for-other.ts";
import { largeObjects } from "./large-objects.ts";
import { notifications } from "./notifications.ts";
import { onConflictOracle } from "./on-conflict-oracle.ts";
import { selectByKey } from "./select-by-key.ts";
import { sequenceRead } from "./sequence-read.ts";
import { setRole } from "./set-role.ts";
import { tempShadow } from "./temp-shadow.ts";
import { uniqueOracle } from "./unique-oracle.ts";
import { viewRead } from "./view-read.ts";
import { viewWrite } from "./view-write.ts";

/** Everything that is tried, in the order of the report's columns. */
export const attacks: readonly Attack[] = [
  selectByKey,
  viewRead,
  functionCall,
  largeObjects,
  deleteByKey,
  insertForOther,
  viewWrite,
  foreignKeyReference,
  cascade,
  foreignKeyOracle,
  uniqueOracle,
  onConflictOracle,
  sequenceRead,
  notifications,
  explain,
  tempShadow,
  setRole,
];
