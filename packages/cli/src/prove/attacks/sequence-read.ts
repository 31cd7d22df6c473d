import type { Attack, Attempt } from "../attack.ts";

export const sequenceRead: Attack = {
  name: "sequence-read",
  title: "Sequence",
  explains:
    "A reads or moves the counter that fills a column, before and after B wrote. A crossing tells how much others write.",
  level: "info",
  family: "learn",
  plan: (relation, catalog) => {
    const found = catalog.sequences.filter(({ table }) => table === relation.oid);
    if (found.length === 0) return "No sequence fills a column of it.";
    const ways = [
      { way: "last_value", read: (sql: string) => `select last_value::text as number from ${sql}`, by: 1n },
      {
        way: "nextval",
        read: (sql: string) => `select nextval('${sql.replaceAll("'", "''")}')::text as number`,
        by: 2n,
      },
    ];
    return found.flatMap(({ sql }) =>
      ways.map(({ way, read }): Attempt => ({
        about: `${way} of ${sql}`,
        run: async ({ ask, look, target }) => {
          const number = async (): Promise<unknown> => (await ask(read(sql))).rows[0]?.["number"];
          // A counter that was never used shows its first number before and after its first use.
          await look("select nextval($1::regclass)", [sql]);
          const before = await number();
          // What a row of the target takes.
          await look("select nextval($1::regclass)", [sql]);
          const after = await number();
          const alone = way === "nextval" ? 1 : 0;
          return Number(after) - Number(before) === alone ? null : `It moved when ${target.name} wrote.`;
        },
        grant: (role) => `grant all on sequence ${sql} to ${role}`,
      })),
    );
  },
};
