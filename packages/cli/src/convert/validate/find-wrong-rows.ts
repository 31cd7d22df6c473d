import { ownedTables } from "../phases/derivation-sql.ts";
import { guestOrganization } from "../phases/guest-organization.ts";
import { name, text } from "../phases/names.ts";
import { takesGuests } from "../phases/triggers.ts";
import type { PlannedTable } from "../plan.ts";
import type { ConversionFinding, ConversionRule } from "./conversion-finding.ts";
import { organizationOfRow } from "./organization-of-row.ts";
import { sightAfter, sightBefore } from "./sight.ts";
import { findingsOf, isStrict, sampleSize, type Validation } from "./validation.ts";

/** Rows in no organization, in another one than the old application's columns say or in one that is not there, and users who see other rows than before. */
export async function findWrongRows(validation: Validation): Promise<ConversionFinding[]> {
  const findings: ConversionFinding[] = [];
  for (const table of ownedTables(validation.plan)) findings.push(...(await findInTable(validation, table)));
  return findings;
}

interface Sums {
  readonly unmigrated: number;
  readonly wrong: number;
  readonly orphaned: number;
  readonly differing: number;
  readonly users: readonly string[] | null;
}

/** The rows are read once and summed by where they are and where they belong; who breaks a rule is looked up only where somebody does. */
async function findInTable(validation: Validation, table: PlannedTable): Promise<ConversionFinding[]> {
  const source = readRows(validation, table);
  const { rows } = await validation.client.query<Sums>(sumQuery(validation, source));
  const sums = rows[0] ?? { unmigrated: 0, wrong: 0, orphaned: 0, differing: 0, users: null };
  const look = async (rule: ConversionRule, count: number, detail: string): Promise<ConversionFinding[]> => {
    if (count === 0) return [];
    const condition = source.broken[rule as keyof RowsOf["broken"]];
    const { rows: some } = await validation.client.query<{ label: string }>(
      `select label from (${source.select}) r where ${condition} order by label limit ${sampleSize}`,
    );
    return [{ rule, table: table.table, detail, count, sample: some.map(({ label }) => label) }];
  };
  const column = validation.plan.column;
  const advice =
    table.unowned === null ? " Where nobody owns them, say under unowned in the plan what becomes of them." : "";
  const unmigrated = `Rows have no ${column}, though the plan gives them one.${advice}`;
  return [
    ...(await look("unmigrated", sums.unmigrated, unmigrated)),
    ...(await look("wrong-organization", sums.wrong, "Rows are in another organization than their owner's.")),
    ...(await look("orphaned", sums.orphaned, "Rows are in an organization that does not exist.")),
    ...findingsOf(
      { count: sums.differing, sample: sums.users ?? [] },
      { rule: "sight-changed", table: table.table, detail: "Users see other rows than before." },
    ),
  ];
}

interface RowsOf {
  /** `label`, `mark` (a number that stands for the row), `expected` and `actual`. */
  readonly select: string;
  /** Over the columns of `select`. */
  readonly broken: Readonly<Record<"unmigrated" | "wrong-organization" | "orphaned", string>>;
}

function readRows(validation: Validation, planned: PlannedTable): RowsOf {
  const { table, key, unowned, class: kind } = planned;
  const { joins, expression } = organizationOfRow(validation.plan, table, "t");
  const label = key.length === 0 ? "t.ctid::text" : `concat_ws(', ', ${key.map((one) => `t.${name(one)}`).join(", ")})`;
  const mayBeNull = kind === "mixed" || unowned === "leave";
  // Also of tables whose unowned rows are deleted: the old application goes on writing some, and its statements must not fail.
  const home = takesGuests(planned) ? `coalesce(expected, ${text(guestOrganization)})` : "expected";
  // What the new application wrote has an organization, and perhaps nobody in the user's column.
  const judged = isStrict(validation) ? "true" : "expected is not null";
  return {
    // Within one snapshot a row's place is its identity.
    select: `select ${label} as label, hashtextextended(concat(t.tableoid, t.ctid), 0) as mark,
      ${expression} as expected, t.${name(validation.plan.column)} as actual
      from ${table} t ${joins}`,
    broken: {
      unmigrated: `actual is null and ${mayBeNull ? "expected is not null" : "true"}`,
      "wrong-organization": `actual is not null and ${judged} and actual is distinct from ${home}`,
      orphaned: "actual is not null and not exists (select from rowhouse.organizations o where o.id = actual)",
    },
  };
}

function sumQuery(validation: Validation, { select, broken }: RowsOf): string {
  return `
    with grouped as materialized (
      select expected, actual, count(*) as rows, sum(mark) as mark from (${select}) r group by 1, 2),
    sight_before as (${sightBefore(validation.plan)}),
    sight_after as (${sightAfter(validation)}),
    before as (
      select s.user_key, sum(g.rows) as rows, sum(g.mark) as mark
      from grouped g join sight_before s on s.organization_id = g.expected group by 1),
    after as (
      select s.user_key, sum(g.rows) as rows, sum(g.mark) as mark
      from grouped g join sight_after s on s.organization_id = g.actual
      ${isStrict(validation) ? "" : "where g.expected is not null"} group by 1),
    differing as (
      select user_key, coalesce(b.rows, 0) as before, coalesce(a.rows, 0) as after
      from before b full join after a using (user_key)
      where (b.rows, b.mark) is distinct from (a.rows, a.mark))
    select
      (select coalesce(sum(rows), 0)::float8 from grouped where ${broken.unmigrated}) as unmigrated,
      (select coalesce(sum(rows), 0)::float8 from grouped where ${broken["wrong-organization"]}) as wrong,
      (select coalesce(sum(rows), 0)::float8 from grouped where ${broken.orphaned}) as orphaned,
      (select count(*)::integer from differing) as differing,
      (select array_agg(format('user %s: %s rows before, %s after', user_key, before, after) order by user_key)
       from (select * from differing order by user_key limit ${sampleSize}) few) as users`;
}
