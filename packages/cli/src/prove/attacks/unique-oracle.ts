import pg from "pg";
import type { Attack } from "../attack.ts";
import { planUniqueKeys } from "../unique-values.ts";

export const uniqueOracle: Attack = {
  name: "unique-oracle",
  title: "Unique key tells",
  explains:
    "A inserts a row of its own with B's values in the columns of a unique key. A crossing is the answer that they are taken.",
  level: "warn",
  family: "learn",
  plan: (relation, catalog) =>
    planUniqueKeys({ relation, catalog }, async ({ ask, target }, { text, values }) => {
      try {
        await ask(text, values);
        return null;
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== "23505") throw error;
        return `The answer 23505 tells that ${target.name} has these values.`;
      }
    }),
};
