import { reports, testRule } from "../test-rule.ts";

const next = `import { unstable_cache, revalidateTag } from "next/cache";`;
const query = `import { useQuery, queryOptions } from "@tanstack/react-query";`;

testRule("tenant-cache-key", {
  valid: {
    "unstable_cache: in the key": `${next} const list = unstable_cache(async () => read(), ["projects", organizationId]);`,
    "unstable_cache: an argument": `${next} const list = unstable_cache(async (organizationId) => read(organizationId), ["projects"]);`,
    "unstable_cache: a table of no tenant": {
      code: `${next} const list = unstable_cache(async () => read(), ["plans"]);`,
      settings: { globalTables: ["plans"] },
    },
    "revalidateTag: of the organization": `${next} revalidateTag(\`projects:\${tenant.organization.id}\`);`,
    "use cache: an argument": `async function list(organizationId) { "use cache"; return await prisma.project.findMany({ where: { organizationId } }); }`,
    "use cache: no data": `function Footer() { "use cache"; return <footer />; }`,
    "react cache: the session": `import { cache } from "react"; export const currentUser = cache(async () => findCaller(await headers()));`,
    "react cache: with the organization": `import { cache } from "react"; export const project = cache(async (organizationId, id) => prisma.project.findFirst({ where: { id, organizationId } }));`,
    "react query: in the key": `${query} useQuery({ queryKey: ["projects", orgSlug], queryFn });`,
    "react query: a key above": `${query} const queryKey = [organization.id, "projects"]; useQuery({ queryKey, queryFn });`,
    "react query: the user's own": `${query} useQuery({ queryKey: ["organizations"], queryFn });`,
    "swr: in the address": `import useSWR from "swr"; useSWR(\`/api/organizations/\${slug}/projects\`, fetcher);`,
    "another cache": `import { cache } from "./cache"; cache(async () => prisma.project.findMany());`,
  },
  invalid: {
    "unstable_cache: no organization": reports(
      `${next} const list = unstable_cache(async () => prisma.project.findMany(), ["projects"]);`,
      "cache",
    ),
    "unstable_cache: by id": reports(
      `${next} const read = unstable_cache(async (id) => find(id), ["project"]);`,
      "cache",
    ),
    "unstable_cache: under another name": reports(
      `import { unstable_cache as keep } from "next/cache"; export const list = keep(loadProjects, ["projects"]);`,
      "cache",
    ),
    "revalidateTag: for all": reports(`${next} revalidateTag("projects");`, "tag"),
    "use cache: no organization": reports(
      `async function list() { "use cache"; return await db.select().from(projects); }`,
      "cache",
    ),
    "use cache: a whole file": reports(
      `"use cache"; export async function list(page) { return await load(page); }`,
      "cache",
    ),
    "react cache: a row by its id": reports(
      `import { cache } from "react"; export const project = cache(async (id) => prisma.project.findUnique({ where: { id } }));`,
      "cache",
    ),
    "react query: no organization": reports(`${query} useQuery({ queryKey: ["projects", page], queryFn });`, "query"),
    "react query: options": reports(
      `${query} export const projects = queryOptions({ queryKey: ["projects"], queryFn });`,
      "query",
    ),
    "react query: prefetched": reports(
      `await queryClient.prefetchQuery({ queryKey: ["projects"], queryFn });`,
      "query",
    ),
    "swr: an address of all": reports(`import useSWR from "swr"; useSWR("/api/projects", fetcher);`, "query"),
  },
});
