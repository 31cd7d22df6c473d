import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listMembers, type ListMembersInput } from "../../src/index.ts";
import { planMembersPage } from "../../src/members/list-members.ts";
import { openPeople, type People, type Staffed } from "./people.ts";

const crowdSize = 100_000;

let people: People;
let crowd: Staffed;

beforeAll(async () => {
  people = await openPeople();
  crowd = await people.staffed("Crowd");
  const { admin } = people.fixture;
  await admin.query("alter table rowhouse.memberships disable trigger user");
  await admin.query(
    `insert into rowhouse.memberships (organization_id, user_id, role, name, email, created_at)
     select $1, gen_random_uuid(), (array['admin', 'member', 'viewer'])[1 + i % 3], 'Person ' || md5(i::text),
       md5(i::text) || '@example.com', now() - i * interval '1 minute'
     from generate_series(1, ${crowdSize}) i`,
    [crowd.id],
  );
  await admin.query("alter table rowhouse.memberships enable trigger user");
  // The test server commits without waiting for its log, and rows count as visible to all only once their commit is in it.
  await admin.query("checkpoint");
  await admin.query("vacuum analyze rowhouse.memberships");
});

afterAll(() => people[Symbol.asyncDispose]());

interface PlanNode {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Heap Fetches"?: number;
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly Plans?: readonly PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** How Postgres finds a page of members, in the tenant's scope and as its role. */
async function explain(input: ListMembersInput) {
  const [row] = await crowd.as(crowd.owner, (tenant) =>
    planMembersPage(tenant, input).explain<Record<string, readonly [{ Plan: PlanNode }]>>(
      "json",
      sql`analyze, buffers`,
    ),
  );
  const plan = Object.values(row ?? {})[0]?.[0].Plan;
  if (plan === undefined) throw new Error("EXPLAIN gave no plan.");
  const nodes = nodesOf(plan);
  return {
    kinds: nodes.map((node) => node["Node Type"]),
    indexes: nodes.flatMap((node) => node["Index Name"] ?? []),
    heapFetches: nodes.reduce((sum, node) => sum + (node["Heap Fetches"] ?? 0), 0),
    blocks: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
  };
}

const indexOnly = { heapFetches: 0, kinds: expect.arrayContaining(["Index Only Scan"]) as string[] };

async function cursorAfter(rows: number): Promise<string | undefined> {
  return crowd.as(crowd.owner, async (tenant) => {
    let page = await listMembers(tenant, { limit: 500 });
    for (let seen = 500; seen < rows; seen += 500)
      page = await listMembers(tenant, { limit: 500, after: page.next ?? undefined });
    return page.next ?? undefined;
  });
}

/** Never by time, which tells of the machine; `bench/members.ts` measures that. */
describe("with 100,000 members", () => {
  it.each<[string, ListMembersInput, string]>([
    ["the first page", {}, "memberships_by_name"],
    ["the newest", { sort: "newest" }, "memberships_by_created"],
    ["the oldest", { sort: "oldest" }, "memberships_by_created"],
    ["the viewers", { role: "viewer" }, "memberships_by_role"],
    ["the suspended", { status: "suspended" }, "memberships_suspended"],
    ["a search that finds many", { search: "person" }, "memberships_by_name"],
  ])("%s reads a few blocks of one index and no row", async (_, input, index) => {
    const { blocks, ...plan } = await explain(input);
    expect(plan).toMatchObject({ ...indexOnly, indexes: [index] });
    expect(plan.kinds).not.toContain("Sort");
    expect(blocks).toBeLessThan(30);
  });

  it("a page far behind reads as few blocks as the first one", async () => {
    const after = await cursorAfter(60_000);
    const { blocks, ...plan } = await explain({ after });
    expect(plan).toMatchObject({ ...indexOnly, indexes: ["memberships_by_name"] });
    expect(blocks).toBeLessThan(30);
    expect((await explain({ before: after })).blocks).toBeLessThan(30);
  });

  it.each<[string, ListMembersInput, string]>([
    ["by name", {}, "memberships_by_name"],
    ["among the newest", { sort: "newest" }, "memberships_by_created"],
    ["in a role", { role: "admin" }, "memberships_by_role"],
  ])("a search %s that finds nobody reads one index through, in its order, and no row", async (_, input, index) => {
    const { blocks, ...plan } = await explain({ ...input, search: "nobody at all" });
    expect(plan).toMatchObject({ ...indexOnly, indexes: [index] });
    expect(plan.kinds).not.toContain("Sort");
    const { rows } = await people.fixture.admin.query<{ blocks: number }>(
      "select (pg_relation_size($1::regclass) / current_setting('block_size')::integer)::integer as blocks",
      [`rowhouse.${index}`],
    );
    expect(blocks).toBeLessThanOrEqual((rows[0]?.blocks ?? 0) + 10);
  });
});
