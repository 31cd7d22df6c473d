import type { Attack } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { insertStatement } from "../rows/insert-statement.ts";

export const insertForOther: Attack = {
  name: "insert-for-other",
  title: "Insert",
  explains: "A inserts a row that says it is B's. A crossing is a row that was accepted.",
  level: "error",
  family: "write",
  plan: (relation, { organizations }) => {
    if (relation === organizations) return "Anybody may make an organization.";
    return isTable(relation)
      ? [
          {
            about: "",
            run: async ({ ask, rows, target }) => {
              const { text, values } = insertStatement(relation, await rows.compose(relation, target));
              const { count } = await ask(text, values);
              return count === 0 ? null : `A row was put among those of ${target.name}.`;
            },
          },
        ]
      : "It is no table.";
  },
};
