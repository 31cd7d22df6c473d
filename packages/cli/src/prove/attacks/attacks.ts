import type { Attack } from "../attack.ts";
import { deleteByKey } from "./delete-by-key.ts";
import { insertForOther } from "./insert-for-other.ts";
import { selectByKey } from "./select-by-key.ts";

/** Everything that is tried, in the order of the report's columns. */
export const attacks: readonly Attack[] = [selectByKey, deleteByKey, insertForOther];
