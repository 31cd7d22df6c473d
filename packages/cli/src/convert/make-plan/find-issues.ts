import type { Catalog, Table } from "../catalog/catalog.ts";
import { crossings } from "./plan-references.ts";
import { edgeId, isUnique } from "../classify/edge.ts";
import { comparisonId, countSet } from "../classify/evidence.ts";
import { edgesFrom, isUserEdge, sampleOf, type Situation } from "../classify/situation.ts";
import type { Derivation } from "../plan.ts";
import type { Verdict } from "../classify/verdict.ts";

/** What a person should know of a table before a conversion touches it, a sentence each. */
export function findIssues(
  situation: Situation,
  verdicts: ReadonlyMap<Table, Verdict>,
  { table, column }: { table: Table; column: string },
): readonly string[] {
  const verdict = verdicts.get(table);
  const shared = ownershipIssues(situation, table, verdict);
  // What is not changed has no trouble with its shape.
  if (verdict === undefined || verdict.way === null) return shared;
  return [
    ...shared,
    ...shapeIssues(table, column),
    ...surroundings(situation.catalog, table),
    ...crossings(situation, verdicts, table),
    ...shares(situation, verdict),
  ];
}

/** Where a table joins users to what is not theirs, they see it today, and will not from their own organization. */
function shares(situation: Situation, { table, way }: Verdict): readonly string[] {
  const derivation = way?.derivation;
  if (derivation?.by !== "parent") return [];
  return edgesFrom(situation, table).flatMap((edge) => {
    const [column = ""] = edge.columns;
    const isJoin = isUserEdge(situation, edge) && isUnique(table, [...derivation.columns, column]);
    const right: Derivation = { by: "user", column };
    const found = situation.evidence.agreements.get(comparisonId({ table: table.sql, left: derivation, right }));
    if (!isJoin || found === undefined || found.differ === 0) return [];
    return [
      `${found.differ} of ${found.both} rows looked at name by ${column} another user than the owner of ${derivation.parent}: from hard isolation on those see it only as members of the owner's organization.`,
    ];
  });
}

function ownershipIssues(situation: Situation, table: Table, verdict: Verdict | undefined): readonly string[] {
  const issues: string[] = [];
  const sample = sampleOf(situation, table);
  if (sample !== undefined && (verdict?.ownerless ?? 0) > 0)
    issues.push(`${verdict?.ownerless ?? 0} of ${sample.rows} rows looked at have no owner.`);
  if (
    verdict?.way?.optional.length !== undefined &&
    verdict.way.optional.length > 0 &&
    verdict.ownerless === 0 &&
    verdict.class === "tenant"
  )
    issues.push(
      `${verdict.way.optional.length === 1 ? verdict.way.optional.join() : `All of ${verdict.way.optional.join(", ")}`} may be NULL, though in no row looked at: a row without an owner that is written later goes to the guests' organization, which has no members.`,
    );
  for (const edge of situation.edges) {
    if (edge.table !== table || edge.source === "key") continue;
    const missing = sample?.missing.get(edgeId(edge)) ?? 0;
    if (missing > 0)
      issues.push(
        `${missing} of ${countSet(sample, edge.columns) ?? 0} rows looked at have in ${edge.columns.join(", ")} what ${edge.parent.sql} does not have: orphans.`,
      );
  }
  return issues;
}

function shapeIssues(table: Table, column: string): readonly string[] {
  const issues: string[] = [];
  if (table.kind === "foreign table")
    issues.push("It is a foreign table: its rows are elsewhere, and it cannot get row security.");
  if (table.key.length === 0)
    issues.push(
      "It has no primary key: the backfill goes by the place of rows, and it can be no target of composite keys.",
    );
  if (table.kind === "partitioned table")
    issues.push("It is partitioned: keys and indexes are made partition by partition.");
  if (!table.isPartition && table.parents.length > 0)
    issues.push(
      `It inherits from ${table.parents.join(", ")}: row security of the parent does not hold for who reads it directly.`,
    );
  const generated = table.columns.filter((each) => each.generated).map(({ name }) => name);
  if (generated.length > 0) issues.push(`Generated columns: ${generated.join(", ")}. They are left as they are.`);
  const domains = table.columns.filter((each) => each.isDomain).map(({ name }) => name);
  if (domains.length > 0) issues.push(`Columns of a domain: ${domains.join(", ")}.`);
  if (table.columns.some(({ name }) => name === column))
    issues.push(`It has a column ${column} already; another name for the new one is given with --column.`);
  if (table.rowSecurity || table.policies.length > 0)
    issues.push(
      `It has row security already (${table.policies.join(", ") || "no policy"}): those policies hold beside the new ones; permissive ones let more through. Drop what the new ones replace.`,
    );
  if (table.triggers.length > 0)
    issues.push(`Triggers: ${table.triggers.join(", ")}. They stay quiet during the backfill.`);
  if (table.rules.length > 0)
    issues.push(`Rewrite rules: ${table.rules.join(", ")}. They rewrite statements before row security is looked at.`);
  const broken = table.indexes.filter(({ valid }) => !valid).map(({ name }) => name);
  if (broken.length > 0) issues.push(`Indexes that are not valid: ${broken.join(", ")}. Drop or rebuild them.`);
  const deferred = table.foreignKeys.filter(({ validated }) => !validated).map(({ name }) => name);
  if (deferred.length > 0) issues.push(`Foreign keys never validated: ${deferred.join(", ")}.`);
  return issues;
}

function surroundings(catalog: Catalog, table: Table): readonly string[] {
  const issues: string[] = [];
  const views = catalog.views.filter(({ shows }) => shows.includes(table.sql));
  const plain = views
    .filter(({ materialized, securityInvoker }) => !materialized && !securityInvoker)
    .map(({ sql }) => sql);
  if (plain.length > 0)
    issues.push(
      `Views show it with their owner's rights, past row security: ${plain.join(", ")}. Make them security_invoker.`,
    );
  const materialized = views.filter((view) => view.materialized).map(({ sql }) => sql);
  if (materialized.length > 0)
    issues.push(
      `Materialized views hold rows of everybody: ${materialized.join(", ")}. Row security does not reach them.`,
    );
  const long = catalog.longTransactions.filter(({ tables }) => tables.includes(table.sql));
  for (const { pid, seconds } of long)
    issues.push(
      `A transaction that is ${seconds} s old holds a lock on it (process ${pid}): changes of the table wait for it.`,
    );
  return issues;
}
