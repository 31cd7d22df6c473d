import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { APIRequestContext } from "playwright-core";
import { fingerprintOf } from "rowhouse/testing";
import { describe, expect, inject } from "vitest";
import { actionArguments, pageQueries, type Things } from "./every-action.ts";
import { makeThings } from "./make-things.ts";
import { test, type People, type Person } from "./people.ts";
import { query } from "./product-database.ts";
import { settledHtml } from "./settled-html.ts";

const web = fileURLToPath(new URL("../../apps/web", import.meta.url));
const manifest = path.join(web, ".next/standalone/apps/web/.next/server/server-reference-manifest.json");
const unknownId = "01900000-0000-7000-8000-000000000000";
const noPart: readonly string[] = ["node_modules", ".next", "test"];

async function neighbours(people: People) {
  const [ada, grace] = await Promise.all([people.person("Ada", "Acme"), people.person("Grace", "Globex")]);
  const [own, theirs] = await Promise.all([makeThings(ada, "Own"), makeThings(grace, "Secret")]);
  return { ada, grace, own, theirs };
}

describe("every page and route of an organization", () => {
  test("is for another's slug, and for another's ids under the own, the 404 of one that does not exist", async ({
    people,
  }) => {
    const { ada, grace, own, theirs } = await neighbours(people);
    const routes = await listRoutes();
    expect(routes.length).toBeGreaterThan(12);
    for (const { rest, methods } of routes) {
      const before = await printOf(grace);
      const below = fill(rest, theirs) + (pageQueries[rest] ?? "");
      const unknown = await settledHtml(ada.context.request, { name: "no-such-organization", rest: below });
      const foreign = await settledHtml(ada.context.request, { name: theirs.orgSlug, rest: below });
      expect([rest, unknown.status]).toEqual([rest, 404]);
      expect(foreign, rest).toEqual(unknown);
      if (below !== fill(rest, own) + (pageQueries[rest] ?? "")) await expectUnknownIds(ada, rest, { own, theirs });
      for (const method of methods) {
        const sent = { method, headers: { origin: inject("productUrl") }, data: "x" };
        const answer = await ada.context.request.fetch(`/${theirs.orgSlug}${below}`, sent);
        expect([method, rest, answer.status()]).toEqual([method, rest, 404]);
      }
      expect([rest, await printOf(grace)]).toEqual([rest, before]);
      const control = await grace.context.request.get(`/${theirs.orgSlug}${below}`, { maxRedirects: 0 });
      expect(["the positive control", rest, control.status()]).toEqual(["the positive control", rest, 200]);
    }
  });
});

describe("every server action", () => {
  test("is known here, with what it is called with or why it names no organization", async () => {
    const written = (await Promise.all((await listFiles(web)).map(readActions))).flat();
    expect(written.length).toBeGreaterThan(40);
    expect(Object.keys(actionArguments).sort()).toEqual([...new Set(written)].sort());
    const built = (await listBuilt()).map(({ name }) => name);
    expect(built.filter((name) => actionArguments[name] === undefined)).toEqual([]);
  });

  test("refuses another's slug, and another's ids under the own, and writes nothing", async ({ people }) => {
    const { ada, grace, own, theirs } = await neighbours(people);
    const before = await printOf(grace);
    const actions = new Map((await listBuilt()).map((one) => [one.name, one]));
    const ofOrganization = Object.entries(actionArguments).flatMap(([name, given]) =>
      typeof given === "string" ? [] : [{ name, given }],
    );
    for (const { name, given } of ofOrganization) {
      const action = actions.get(name);
      if (action === undefined) throw new Error(`${name} is not in the build: nothing uses it. Remove it.`);
      const call = (things: Things) => callAction(ada.context.request, { ...action, at: own }, given.arguments(things));
      expect(await call(theirs), `${name} with another's slug`).toContain('"code":"NOT_FOUND"');
      const borrowed = { ...theirs, orgSlug: own.orgSlug };
      if (JSON.stringify(given.arguments(borrowed)) !== JSON.stringify(given.arguments(own))) {
        expect(await call(borrowed), `${name} with another's ids`).toContain('"code":"NOT_FOUND"');
      }
      expect([name, await printOf(grace)]).toEqual([name, before]);
    }
    for (const { name, given } of ofOrganization.filter((one) => one.given.control === undefined)) {
      const action = actions.get(name);
      if (action === undefined) continue;
      const said = await callAction(ada.context.request, { ...action, at: own }, given.arguments(own));
      expect(said, `${name}, the positive control`).toMatch(/"ok":true|^redirected/m);
    }
  });
});

interface BuiltAction {
  /** `projects/actions createProject`. */
  readonly name: string;
  readonly id: string;
  /** The page that it is called from: `[orgSlug]/projects/(list)/page`. */
  readonly page: string;
}

async function listBuilt(): Promise<BuiltAction[]> {
  const { node } = JSON.parse(await readFile(manifest, "utf8")) as {
    node: Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>;
  };
  return Object.entries(node).map(([id, { exportedName, filename, workers }]) => ({
    id,
    name: `${filename.replace(/^apps\/web\//, "").replace(/\.tsx?$/, "")} ${exportedName}`,
    page: (Object.keys(workers)[0] ?? "").replace(/^app\//, ""),
  }));
}

/** As the browser's script does it, from the attacker's own page. */
async function callAction(
  request: APIRequestContext,
  { id, page, at }: BuiltAction & { readonly at: Things },
  input: readonly unknown[],
): Promise<string> {
  const answer = await request.post(fill(toAddress(page), at), {
    headers: {
      ...{ "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" },
      origin: inject("productUrl"),
    },
    data: JSON.stringify(input),
    maxRedirects: 0,
  });
  const redirect = answer.headers()["x-action-redirect"];
  return redirect === undefined ? answer.text() : `redirected to ${redirect}`;
}

interface Route {
  /** Below the slug: `/projects/[projectId]`. */
  readonly rest: string;
  /** What it answers besides GET. */
  readonly methods: readonly string[];
}

async function listRoutes(): Promise<Route[]> {
  const folder = path.join(web, "app/[orgSlug]");
  const files = (await listFiles(folder)).filter((file) => /\/(?:page\.tsx|route\.ts)$/.test(file));
  return Promise.all(
    files.map(async (file) => {
      const source = await readFile(file, "utf8");
      const methods = [...source.matchAll(/export (?:const|async function|function) (POST|PUT|PATCH|DELETE)\b/g)];
      return { rest: toAddress(path.relative(folder, file)), methods: methods.map(([, method = ""]) => method) };
    }),
  );
}

/** The address of a file or a page of the build; groups are in no address. */
function toAddress(file: string): string {
  const parts = path.dirname(file).split("/");
  return parts
    .filter((part) => part !== "." && !part.startsWith("("))
    .reduce((address, part) => `${address}/${part}`, "");
}

/** @throws Error for a segment that nothing is known for: a new kind of page needs a thing of each organization */
function fill(address: string, things: Things): string {
  return address.replace(/\[(\w+)\]/g, (_all, name: string) => {
    const value = (things as unknown as Record<string, string | undefined>)[name];
    if (value === undefined) throw new Error(`There is no [${name}] in make-things.ts, which ${address} needs.`);
    return value;
  });
}

async function expectUnknownIds(ada: Person, rest: string, { own, theirs }: { own: Things; theirs: Things }) {
  const parts = rest.split("/");
  const above = [own.orgSlug, ...parts.slice(1, -1)].join("/");
  const last = fill(`/${parts.at(-1) ?? ""}`, theirs).slice(1);
  const unknown = await settledHtml(ada.context.request, { name: unknownId, above });
  expect([rest, unknown.status]).toEqual([rest, 404]);
  expect(await settledHtml(ada.context.request, { name: last, above }), rest).toEqual(unknown);
}

async function readActions(file: string): Promise<string[]> {
  if (!/\.tsx?$/.test(file)) return [];
  const source = await readFile(file, "utf8");
  if (!/^\s*["']use server["']/m.test(source)) return [];
  const name = path.relative(web, file).replace(/\.tsx?$/, "");
  return [...source.matchAll(/export (?:async function|const) (\w+)/g)].map(
    ([, exported = ""]) => `${name} ${exported}`,
  );
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !noPart.includes(name))
      .map(async (entry) => {
        const at = path.join(folder, entry.name);
        return entry.isDirectory() ? listFiles(at) : [at];
      }),
  );
  return found.flat();
}

async function printOf({ organization }: Person): Promise<unknown> {
  const pool = { query: async (text: string, values: unknown[] = []) => ({ rows: await query(text, values) }) };
  return fingerprintOf(pool, { organization: organization.id, also: { "rowhouse.organizations": "id::text = $1" } });
}
