import pg from "pg";
import type { Attack } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { copyIn as copy, copyValue } from "../copy-stream.ts";

export const copyIn: Attack = {
  name: "copy-in",
  title: "Copy in",
  explains:
    "A copies a row into the table that says it is B's (COPY … FROM STDIN). A crossing is a row that was accepted.",
  level: "error",
  family: "write",
  plan: (relation, { organizations }) => {
    if (!isTable(relation)) return "It is no table.";
    if (relation === organizations) return "Anybody may make an organization.";
    return [
      {
        about: "",
        run: async (place) => {
          const values = await place.rows.compose(relation, place.target);
          const columns = Object.keys(values).map((name) => pg.escapeIdentifier(name));
          const { session } = place.world;
          const rows = async (): Promise<unknown> =>
            (await place.look(`select count(*)::text as count from ${relation.sql}`)).rows[0]?.["count"];
          const before = await rows();
          await session.enter(place.attacker.organizationId);
          await session.asRole(() =>
            copy(session.client, `copy ${relation.sql} (${columns.join(", ")}) from stdin`, [
              Object.values(values).map(copyValue).join("\t"),
            ]),
          );
          return (await rows()) === before ? null : `A row was put among those of ${place.target.name}.`;
        },
      },
    ];
  },
};
