import pg from "pg";
import type { Attack } from "../attack.ts";
import { dropTenantReferences } from "../drop-references.ts";
import { onTenantColumns } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";
import { watchRow } from "../rows/watch-row.ts";
import { removeTwin } from "./move-to-other.ts";

export const takeOver: Attack = {
  name: "take-over",
  title: "Take over",
  explains: "A says of B's row that it is A's. A crossing is a row of B that was written.",
  level: "error",
  family: "write",
  plan: onTenantColumns((relation, tenantColumn) => ({
    run: async (place) => {
      const row = place.row(place.target);
      const { where, values } = matchRow(row, 2);
      const changeOf = await watchRow(place, row);
      await place.ask(`update ${relation.sql} set ${pg.escapeIdentifier(tenantColumn)} = $1 where ${where}`, [
        place.attacker.organizationId,
        ...values,
      ]);
      return changeOf();
    },
    unguard: async (place) => {
      await dropTenantReferences(place);
      await removeTwin(place, place.attacker);
    },
  })),
};
