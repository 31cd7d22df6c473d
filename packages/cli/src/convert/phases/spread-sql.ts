import type { Plan, PlannedTable } from "../plan.ts";
import { definerFunction } from "./definer-function.ts";
import { derivationSql, takersOf } from "./derivation-sql.ts";
import { name, ours } from "./names.ts";
import { columnType, getTable, type Schema } from "./schema.ts";
import { together, type Step } from "./step.ts";

/**
 * A row that moves to another organization takes with it what belongs to it, and a row that refers to what it owns gives it its
 * organization. Its name sorts before those of foreign keys, which must find both sides in the same one.
 *
 * A row that had no organization yet is being filled, and its children are too, or will be: to go on from there would make of each
 * batch a cascade (measured: 21 s in place of 0.8).
 */
export function spreadSql(
  plan: Plan,
  { schema, table: { table } }: { schema: Schema; table: PlannedTable },
): Pick<Step, "do" | "undo" | "lock" | "on"> | undefined {
  const takers = takersOf(plan, table);
  if (takers.length === 0) return undefined;
  const org = name(plan.column);
  const owned = takers.filter((one) => one.source.by === "referrer" || mayComeFirst(schema, one));
  const owning = takers.filter(({ source }) => source.by === "parent");
  const give = ({ taker, source }: (typeof takers)[number]): string => {
    if (taker.derive === null) return "";
    const derived = derivationSql(taker.derive, { plan, row: "t", deep: true, make: true });
    return `update ${taker.table} t set ${org} = coalesce(${derived}, new.${org})
      where ${conditionOf(schema, { taker, source }, "new")} and t.${org} is distinct from coalesce(${derived}, new.${org});`;
  };
  const refers = [...new Set(owned.flatMap(({ source }) => source.columns))];
  const orphans = takers.filter(({ taker, source }) => !hasKey(taker, source));
  const moved = `old.${org} is not null and old.${org} is distinct from new.${org}`;
  const again = refers.map((column) => `old.${name(column)} is distinct from new.${name(column)}`).join(" or ");
  const spread = ours("spread", table);
  return {
    do: [
      together(
        definerFunction(
          `${spread}() returns trigger`,
          `begin
            ${orphans.length === 0 ? "" : `if tg_op = 'DELETE' then ${letGo(plan, { schema, takers: orphans })} return null; end if;`}
            if tg_op = 'UPDATE' then
              if ${moved} then
                ${owning.map(give).join("\n")}
              ${refers.length === 0 ? "" : `elsif not (${again}) then return null;`}
              end if;
            end if;
            ${refers.length === 0 ? "" : `if new.${org} is not null then ${owned.map(give).join("\n")} end if;`}
            return null;
          end`,
        ),
        `create or replace trigger "A_rowhouse_spread" after ${refers.length === 0 ? "" : "insert or "}update${orphans.length === 0 ? "" : " or delete"} on ${table}
          for each row execute function ${spread}()`,
      ),
    ],
    undo: [together(`drop trigger if exists "A_rowhouse_spread" on ${table}`, `drop function if exists ${spread}()`)],
    lock: "ShareRowExclusiveLock",
    on: [table],
  };
}

/** In the type of the column that is searched, or no index of it could be used. */
function conditionOf(schema: Schema, { taker, source }: Taker, row: "new" | "old"): string {
  const { looseColumn } = source;
  if (looseColumn === undefined) return source.condition("t", row);
  const type = columnType(schema, taker.table, looseColumn) ?? "text";
  const key = `${row}.${name(source.columns[0] ?? "")}::text::${type}`;
  return `t.${name(looseColumn)} = ${key} and ${source.condition("t", row)}`;
}

/** A child that is written before its parent finds its organization when the parent comes. */
function mayComeFirst(schema: Schema, { taker, source }: Taker): boolean {
  if (source.looseColumn !== undefined) return false;
  const own = taker.references.filter(({ parent }) => parent === source.table).map(({ constraint }) => constraint);
  const keys = getTable(schema, taker.table).foreignKeys.filter((key) => own.includes(key.name));
  return keys.length === 0 || keys.some(({ deferral }) => deferral !== "");
}

type Taker = ReturnType<typeof takersOf>[number];

/** A foreign key of the application says itself what becomes of a row whose parent goes. */
function hasKey(taker: PlannedTable, source: Taker["source"]): boolean {
  if (source.by === "referrer") return false;
  return taker.references.some(({ constraint, parent }) => constraint !== null && parent === source.table);
}

/** Rows that the old application leaves behind belong to nobody any more. The new one's stay where they are: it may still want to delete them. */
function letGo(plan: Plan, { schema, takers }: { schema: Schema; takers: readonly Taker[] }): string {
  const org = name(plan.column);
  const gone = takers.map(({ taker, source }) => {
    if (taker.derive === null) return "";
    const derived = derivationSql(taker.derive, { plan, row: "t", deep: true, make: true });
    return `update ${taker.table} t set ${org} = ${derived} where ${conditionOf(schema, { taker, source }, "old")} and t.${org} is distinct from ${derived};`;
  });
  return `if nullif(pg_catalog.current_setting('rowhouse.organization_id', true), '') is null then ${gone.join("\n")} end if;`;
}
