import type { Attack } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { countOwned } from "../rows/count-owned.ts";

export const noContext: Attack = {
  name: "no-context",
  title: "No context",
  explains: "The context was never set. A crossing is a row of anybody.",
  level: "error",
  family: "context",
  beforeContext: true,
  plan: onTables(async (place) => {
    if (place.target === place.attacker) await place.world.session.enter(place.attacker.organizationId);
    return countOwned(place);
  }),
};
