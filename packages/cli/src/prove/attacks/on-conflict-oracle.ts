import type { Attack } from "../attack.ts";
import { planUniqueKeys } from "../unique-values.ts";

export const onConflictOracle: Attack = {
  name: "on-conflict-oracle",
  title: "On conflict tells",
  explains:
    "A inserts a row of its own with B's values in the columns of a unique key, on conflict do nothing. A crossing is that nothing was done.",
  level: "warn",
  family: "learn",
  plan: (relation, catalog) =>
    planUniqueKeys({ relation, catalog }, async ({ ask, target }, { text, values }) => {
      const { count } = await ask(`${text} on conflict do nothing`, values);
      return count === 0 ? `Doing nothing tells that ${target.name} has these values.` : null;
    }),
};
