import { functionMutations } from "./function-mutations.ts";
import { keyMutations } from "./key-mutations.ts";
import type { Mutation } from "./mutation.ts";
import { privilegeMutations } from "./privilege-mutations.ts";
import { relationMutations } from "./relation-mutations.ts";
import { rowSecurityMutations } from "./row-security-mutations.ts";
import { settingMutations } from "./setting-mutations.ts";

/** At least sixty; each is caught by the doctor, by a proof, or by both. */
export const mutations: readonly Mutation[] = [
  ...rowSecurityMutations,
  ...relationMutations,
  ...functionMutations,
  ...privilegeMutations,
  ...keyMutations,
  ...settingMutations,
];
