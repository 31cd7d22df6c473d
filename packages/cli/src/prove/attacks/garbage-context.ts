import { randomUUID } from "node:crypto";
import type { Attack, Attempt } from "../attack.ts";
import { isTable, type Relation } from "../catalog/catalog.ts";
import { countOwned } from "../rows/count-owned.ts";

export const emptyContext: Attack = {
  name: "empty-context",
  title: "Empty context",
  explains: "The context is an empty text, as Postgres leaves it after a transaction. A crossing is a row of anybody.",
  level: "error",
  family: "context",
  plan: (relation) => (isTable(relation) ? [inContext("", "")] : "It is no table."),
};

export const garbageContext: Attack = {
  name: "garbage-context",
  title: "Garbage context",
  explains:
    "The context names no organization: a letter, a pattern, an injection, an id of nobody. A crossing is a row of anybody.",
  level: "error",
  family: "context",
  plan: (relation, { organizations }) =>
    isTable(relation)
      ? [
          inContext("a letter", "x"),
          inContext("a pattern", "%"),
          inContext("an injection", "' or true --"),
          inContext("zero", zero(organizations)),
          inContext("nobody", nobody(organizations)),
        ]
      : "It is no table.",
};

function inContext(about: string, context: string): Attempt {
  return {
    about,
    run: async (place) => {
      // First A's own, which the first statement would set otherwise.
      await place.ask("select");
      if (place.target !== place.attacker) await place.world.session.enter(context);
      return countOwned(place);
    },
  };
}

/** What a policy may put in the place of a context that is missing. */
function zero({ columns, tenantColumn }: Relation): string {
  const type = columns.find(({ name }) => name === tenantColumn)?.baseType;
  return type === "uuid" ? "00000000-0000-0000-0000-000000000000" : "0";
}

function nobody({ columns, tenantColumn }: Relation): string {
  const column = columns.find(({ name }) => name === tenantColumn);
  return column?.category === "N" ? "-7" : randomUUID();
}
