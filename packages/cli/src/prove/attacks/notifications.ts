import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Place, Reach } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { NothingToReach } from "../nothing-to-reach.ts";
import { insertStatement } from "../rows/insert-statement.ts";

export const notifications: Attack = {
  name: "notifications",
  title: "Listen",
  explains:
    "B writes a row of a table whose trigger notifies; anybody may LISTEN. A crossing is a payload that carries a value of B's row.",
  level: "warn",
  family: "learn",
  plan: (relation, catalog) => {
    if (!isTable(relation)) return "It is no table.";
    const found = catalog.notifiers.filter(({ table }) => table === relation.oid);
    if (found.length === 0) return "No trigger of it notifies.";
    return found.map(({ trigger, source }) => ({
      about: trigger,
      run: (place) => {
        if (/\bexecute\b/i.test(source))
          throw new CannotTell("It puts a statement together, whose payload cannot be seen.");
        return hear(place);
      },
    }));
  },
};

async function hear(place: Place): Promise<Reach> {
  const { session } = place.world;
  const { relation, target } = place;
  const { rows: role } = await place.look("select rolsuper from pg_catalog.pg_roles where rolname = current_user");
  if (role[0]?.["rolsuper"] !== true)
    throw new CannotTell(
      "Nothing is delivered before the end of the transaction, and only a superuser can look in before.",
    );
  const composed = await place.rows.compose(relation, target);
  // Until this is taken back, notifications of this transaction are written down instead; others keep theirs.
  await session.run(`
    create temporary table heard (payload text);
    grant insert on heard to public;
    alter function pg_catalog.pg_notify(text, text) rename to pg_notify_by_postgres;
    create function pg_catalog.pg_notify(text, text) returns void language sql as 'insert into pg_temp.heard values ($2)';
    discard plans`);
  const { text, values } = insertStatement(relation, composed);
  const stored = await place.look(`${text} returning *`, values);
  const { rows: heard } = await place.look("select payload from pg_temp.heard");
  if (heard.length === 0) throw new CannotTell("Nothing was notified when a row was inserted.");
  // Short values are in any text.
  const known = Object.values(stored.rows[0] ?? {}).filter(
    (value): value is string => typeof value === "string" && value.length >= 6,
  );
  const told = known.find((value) => heard.some(({ payload }) => String(payload).includes(value)));
  if (told === undefined) throw new NothingToReach("No payload carries a value of the row.");
  return `The payload carries ${told}.`;
}
