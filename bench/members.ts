import { listMembers, type ListMembersInput } from "rowhouse";
import { openTenancy } from "./contestants/rowhouse-tenancy.ts";
import { prepareDatabase } from "./database/bench-database.ts";
import { loadMembers } from "./database/load-members.ts";
import { openServer } from "./database/open-server.ts";
import { quantile } from "./measure/quantile.ts";

const members = 100_000;
const target = 100;
const calls = 40;

/** The last ones find nobody, so every member is looked at: there is no worse search. */
const pages: readonly (readonly [string, ListMembersInput])[] = [
  ["the first page", {}],
  ["the newest", { sort: "newest" }],
  ["the owners", { role: "owner" }],
  ["the suspended", { status: "suspended" }],
  ["a search that finds many", { search: "person" }],
  ["a search that finds one", { search: "c4ca4238a0b923820dcc509a6f75849b" }],
  ["a search for one letter that nobody has", { search: "ß" }],
  ["a search that finds nobody", { search: "nobody at all" }],
  ["nobody, among the newest", { search: "nobody at all", sort: "newest" }],
  ["nobody, in a role", { search: "nobody at all", role: "admin" }],
];

await main();

/** What a page of the members costs at the server, in an organization with 100,000 of them. */
async function main(): Promise<void> {
  await using server = await openServer();
  const log = (line: string): void => console.error(line);
  const database = await prepareDatabase(server.url, { name: "bench_members", organizations: 100, log });
  const [organization] = database.sample;
  if (organization === undefined) throw new TypeError("The database has no organization.");
  log(`loading ${members.toLocaleString("en")} members of one organization`);
  await loadMembers(database, organization, members);
  await using tenancy = openTenancy({ runtimeUrl: database.runtimeUrl, connections: 1 });
  const rows: string[] = [];
  await tenancy.enter({ organization: organization.slug, user: organization.userId }, async (tenant) => {
    const measure = async (name: string, input: ListMembersInput): Promise<void> => {
      const times: number[] = [];
      for (let call = 0; call < calls; call += 1) {
        const start = performance.now();
        await listMembers(tenant, input);
        times.push(performance.now() - start);
      }
      const [middle, most] = [quantile(times, 0.5), quantile(times, 0.95)];
      rows.push(`| ${name} | ${middle.toFixed(1)} | ${most.toFixed(1)} | ${middle < target ? "kept" : "**missed**"} |`);
      if (middle >= target) process.exitCode = 1;
    };
    for (const [name, input] of pages) await measure(name, input);
    let page = await listMembers(tenant, { limit: 500 });
    for (let turn = 0; turn < 150 && page.next !== null; turn += 1)
      page = await listMembers(tenant, { limit: 500, after: page.next });
    await measure("a page after 75,000 others", { after: page.next ?? undefined });
  });
  console.log(`| a page of 20 | median ms | 95 % ms | under ${target} ms |\n|---|---:|---:|---|\n${rows.join("\n")}`);
}
