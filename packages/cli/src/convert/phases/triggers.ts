import type { Derivation, Plan, PlannedTable } from "../plan.ts";
import { definerFunction } from "./definer-function.ts";
import { derivationSql, sourceColumns } from "./derivation-sql.ts";
import { guestOrganization } from "./guest-organization.ts";
import { list, name, ours, text } from "./names.ts";
import { orderTables } from "./order-tables.ts";
import { getTable, type Schema } from "./schema.ts";
import { spreadSql } from "./spread-sql.ts";
import { together, type Step } from "./step.ts";

/**
 * All columns first, since the triggers of tables that refer to each other read them; then the triggers, whoever gives before who takes.
 * What is written in between has no organization yet, as all that was there before.
 */
export function planTriggers(plan: Plan, schema: Schema): Step[] {
  const tables = orderTables(plan).flat();
  const triggers = tables.flatMap((table) => {
    const step = syncStep(plan, { schema, table });
    const spread = spreadSql(plan, { schema, table });
    return spread === undefined ? [step] : [step, { ...step, ...spread, id: `triggers:spread:${table.table}` }];
  });
  return [...tables.map(({ table }) => columnStep(plan, table)), ...triggers];
}

function columnStep(plan: Plan, table: string): Step {
  const column = name(plan.column);
  return {
    id: `triggers:column:${table}`,
    phase: "triggers",
    do: [together(`alter table ${table} add column if not exists ${column} uuid`)],
    undo: [together(`alter table ${table} drop column if exists ${column}`)],
    lock: "AccessExclusiveLock",
    on: [table],
    estimate: "instant",
  };
}

function syncStep(plan: Plan, at: { schema: Schema; table: PlannedTable }): Step {
  const { table, derive } = at.table;
  const sources = derive === null ? [] : sourceColumns(derive);
  const sync = ours("sync", table);
  return {
    id: `triggers:${table}`,
    phase: "triggers",
    do: [
      together(
        syncSql(plan, { ...at, isFilled: false }),
        `create or replace trigger "zz_rowhouse_sync" before insert or update of ${list([...sources, plan.column])} on ${table}
          for each row execute function ${sync}()`,
      ),
    ],
    undo: [together(`drop trigger if exists "zz_rowhouse_sync" on ${table}`, `drop function if exists ${sync}()`)],
    lock: "ShareRowExclusiveLock",
    on: [table],
    estimate: "instant",
  };
}

/**
 * Before the table is filled a row without a known owner is left to the backfill; afterwards it goes to the guests, since the old
 * application's statement must not fail.
 */
export function syncSql(
  plan: Plan,
  { schema, table, isFilled }: { schema: Schema; table: PlannedTable; isFilled: boolean },
): string {
  const org = `new.${name(plan.column)}`;
  const { derive } = table;
  if (derive === null) throw new TypeError(`${table.table} has no way to its owner; the plan was checked for that.`);
  const derived = derivationSql(derive, { plan, types: schema, row: "new", deep: true, make: true });
  const context = "nullif(pg_catalog.current_setting('rowhouse.organization_id', true), '')::uuid";
  const guests = isFilled && takesGuests(table) ? `, ${text(guestOrganization)}::uuid` : "";
  const fills = fillBack({ schema, table, org });
  return definerFunction(
    `${ours("sync", table.table)}() returns trigger`,
    `declare derived constant uuid := ${derived};
    begin
      if tg_op = 'UPDATE' and derived is null and ${context} is null and ${org} is not distinct from old.${name(plan.column)}
        and (${changed(derive)}) then
        -- The old application took its owner away.
        ${org} := null;
      end if;
      if ${org} is null or ${org} = ${text(guestOrganization)} and derived is not null then
        ${org} := coalesce(derived, ${context}${guests});
      elsif derived is not null and ${org} <> derived and not (${acceptedSql(plan, derive, org)}) then
        if tg_op = 'UPDATE' and ${org} is not distinct from old.${name(plan.column)} then
          ${org} := derived;
        else
          raise exception 'a row of % cannot be of this organization: what it belongs to is another''s', tg_relid::regclass
            using errcode = 'check_violation', column = ${text(plan.column)},
              hint = 'Leave the organization out, or name the one of its parent.';
        end if;
      end if;
      ${fills}
      return new;
    end`,
  );
}

function changed(derive: Derivation): string {
  return sourceColumns(derive)
    .map((column) => `old.${name(column)} is distinct from new.${name(column)}`)
    .join(" or ");
}

/** True where the column will be NOT NULL. */
export function takesGuests({ class: kind, unowned }: PlannedTable): boolean {
  return kind === "tenant" && unowned !== "leave";
}

/** Where a user alone says whose a row is, new code may put it into any organization of that user: the column then says who wrote it. */
function acceptedSql(plan: Plan, derive: Derivation, org: string): string {
  if (derive.by === "coalesce") {
    const before = derive.of.map((one, at) => {
      const earlier = derive.of
        .slice(0, at)
        .map((other) => `${derivationSql(other, { plan, row: "new", deep: true, make: false })} is null and `);
      return `${earlier.join("")}${acceptedSql(plan, one, org)}`;
    });
    return before.map((one) => `(${one})`).join(" or ");
  }
  if (derive.by !== "user") return "false";
  return `exists (select from rowhouse.memberships m join rowhouse_convert.owners o on o.user_id = m.user_id
    where o.kind = 'user' and o.key = new.${name(derive.column)}::text and m.organization_id = ${org})`;
}

/** New code that names the organization alone must not fail on the old column. */
function fillBack(at: { schema: Schema; table: PlannedTable; org: string }): string {
  const { derive, table } = at.table;
  if (derive?.by !== "user" && derive?.by !== "team") return "";
  const column = getTable(at.schema, table).columns.find((one) => one.name === derive.column);
  if (column?.notNull !== true) return "";
  const place = `new.${name(derive.column)}`;
  const key =
    derive.by === "team"
      ? `(select o.key from rowhouse_convert.owners o where o.kind = 'team' and o.organization_id = ${at.org})`
      : `(select o.key from rowhouse.memberships m join rowhouse_convert.owners o on o.kind = 'user' and o.user_id = m.user_id
          where m.organization_id = ${at.org}
          order by m.user_id is distinct from nullif(pg_catalog.current_setting('rowhouse.user_id', true), '')::uuid,
            m.role <> 'owner', m.user_id limit 1)`;
  return `if ${place} is null and ${at.org} is not null then ${place} := ${key}::${column.type}; end if;`;
}
