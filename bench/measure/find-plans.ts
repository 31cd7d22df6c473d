import pg from "pg";
import { newestProjects, openTenancy } from "../contestants/rowhouse-tenancy.ts";
import type { BenchDatabase } from "../database/bench-database.ts";

/** How Postgres reads the rows: the kinds of nodes and the indexes of one plan. */
export interface ListPlan {
  readonly nodes: readonly string[];
  readonly indexes: readonly string[];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

type Explained = readonly [{ readonly Plan: PlanNode }];

/**
 * The plans of the list query under row security: the one for this organization's values, explained in the tenant scope,
 * and the generic one, which Postgres may take after the prepared statement has run a few times.
 */
export async function findPlans(database: BenchDatabase): Promise<{ custom: ListPlan; generic: ListPlan }> {
  const [organization] = database.sample;
  if (organization === undefined) throw new Error("The database has no organization.");
  const tenancy = openTenancy({ runtimeUrl: database.runtimeUrl, connections: 1 });
  try {
    return await tenancy.enter({ organization: organization.id, user: organization.userId }, async (tenant) => {
      const query = newestProjects(tenant);
      const [row] = await query.explain<{ "query plan"?: Explained; "QUERY PLAN"?: Explained }>("json");
      const explained = row?.["QUERY PLAN"] ?? row?.["query plan"] ?? Object.values(row ?? {})[0];
      if (explained === undefined) throw new Error("EXPLAIN gave no plan.");
      return { custom: summarize(explained), generic: await explainGeneric(database.runtimeUrl, query.compile().sql) };
    });
  } finally {
    await tenancy.close();
  }
}

/** `undefined` when the plan is an index scan by the list's own index; otherwise what is wrong with it. */
export function findPlanFault({ nodes, indexes }: ListPlan): string | undefined {
  const isRight = indexes.includes("projects_by_created") && !nodes.includes("Seq Scan") && !nodes.includes("Sort");
  return isRight
    ? undefined
    : `expected an Index Scan by projects_by_created, got ${nodes.join(" > ")} (${indexes.join(", ")})`;
}

async function explainGeneric(runtimeUrl: string, text: string): Promise<ListPlan> {
  const client = new pg.Client({ connectionString: runtimeUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ "QUERY PLAN": Explained }>(`explain (generic_plan, format json) ${text}`);
    const [row] = rows;
    if (row === undefined) throw new Error("EXPLAIN gave no plan.");
    return summarize(row["QUERY PLAN"]);
  } finally {
    await client.end();
  }
}

function summarize([{ Plan }]: Explained): ListPlan {
  const all = flatten(Plan);
  return { nodes: all.map((node) => node["Node Type"]), indexes: all.flatMap((node) => node["Index Name"] ?? []) };
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
