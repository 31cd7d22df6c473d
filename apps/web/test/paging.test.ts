import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openWeb, type Web } from "./fixture/open-web";
import { json, signUpPerson, type Person } from "./fixture/person";

const total = 250;
const pageShape = z.object({
  items: z.array(z.object({ id: z.string() })),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
type Page = z.output<typeof pageShape>;

let web: Web;
let ada: Person;
let organizationId: string;
let projectId: string;

beforeAll(async () => {
  web = await openWeb();
  ada = await signUpPerson(web, "Paging");
  const { rows } = await web.admin.query<{ id: string }>("select id from rowhouse.organizations where slug = $1", [
    ada.slug,
  ]);
  organizationId = rows[0]?.id ?? "";
  projectId = await fill();
});
afterAll(() => web[Symbol.asyncDispose]());

/** Ten rows share each moment, and the moments are a microsecond apart; names come twice. */
async function fill(): Promise<string> {
  const moment = (period: number) =>
    `timestamptz '2026-02-01 12:00:00.123456+00' + (n / ${period}) * interval '1 microsecond'`;
  const { rows } = await web.admin.query<{ id: string }>(
    `insert into projects (organization_id, name, created_at, updated_at)
     select $1, 'Name ' || (n % ${total / 2}), ${moment(10)}, ${moment(7)} from generate_series(1, ${total}) as n returning id`,
    [organizationId],
  );
  const project = rows[0]?.id ?? "";
  await web.admin.query(
    `insert into tasks (organization_id, project_id, title, created_at, completed_at)
     select $1, $2, 'Title ' || (n % ${total / 2}), ${moment(10)}, case when n % 2 = 0 then now() end from generate_series(1, ${total}) as n`,
    [organizationId, project],
  );
  return project;
}

interface List {
  readonly path: string;
  readonly from: string;
  readonly order: string;
}

const lists: readonly (readonly [string, () => List])[] = [
  ["projects by newest", () => projects("newest", "created_at desc, id desc")],
  ["projects by oldest", () => projects("oldest", "created_at, id")],
  ["projects by name", () => projects("name", "name, id")],
  ["projects by updated", () => projects("updated", "updated_at desc, id desc")],
  ["tasks by newest", () => tasks("newest", "created_at desc, id desc")],
  ["tasks by oldest", () => tasks("oldest", "created_at, id")],
  ["tasks by title", () => tasks("title", "title, id")],
];

function projects(sort: string, order: string): List {
  return { path: `/api/organizations/${ada.slug}/projects?sort=${sort}`, from: "projects", order };
}

function tasks(sort: string, order: string): List {
  return { path: `/api/organizations/${ada.slug}/projects/${projectId}/tasks?sort=${sort}`, from: "tasks", order };
}

async function fetchPage(path: string, parameters: Readonly<Record<string, string>>): Promise<Page> {
  const response = await web.request(`${path}&${new URLSearchParams(parameters).toString()}`, {
    headers: { cookie: ada.cookie },
  });
  expect(response.status).toBe(200);
  return pageShape.parse(await response.json());
}

async function idsInOrder({ from, order }: List): Promise<string[]> {
  const { rows } = await web.admin.query<{ id: string }>(
    `select id from ${from} where organization_id = $1 order by ${order}`,
    [organizationId],
  );
  return rows.map(({ id }) => id);
}

/** All pages from the first on; `between` runs after each. */
async function walk(
  { path }: List,
  limit: number,
  between: (page: Page) => Promise<void> = async () => undefined,
): Promise<Page[]> {
  const pages: Page[] = [];
  let after: Record<string, string> = {};
  for (;;) {
    const page = await fetchPage(path, { limit: String(limit), ...after });
    pages.push(page);
    if (page.next === null) return pages;
    await between(page);
    after = { after: page.next };
  }
}

async function walkBack({ path }: List, limit: number, last: Page): Promise<string[]> {
  let [page, ids] = [last, last.items.map(({ id }) => id)];
  while (page.previous !== null) {
    page = await fetchPage(path, { limit: String(limit), before: page.previous });
    ids = [...page.items.map(({ id }) => id), ...ids];
  }
  return ids;
}

const idsOf = (pages: readonly Page[]) => pages.flatMap(({ items }) => items.map(({ id }) => id));

describe.each(lists)("%s", (_name, list) => {
  test.each([13, 100])("pages of %i give each row once, in order, forwards and backwards", async (limit) => {
    const expected = await idsInOrder(list());
    const pages = await walk(list(), limit);
    expect(idsOf(pages)).toEqual(expected);
    expect(pages[0]?.previous).toBeNull();
    expect(pages.slice(0, -1).every(({ items }) => items.length === limit)).toBe(true);
    const [last] = pages.slice(-1);
    if (last === undefined) throw new Error("There is no page.");
    expect(await walkBack(list(), limit, last)).toEqual(expected);
  });

  test("a page back and forth again is the same page", async () => {
    const [first, second] = await walk(list(), 30);
    const back = await fetchPage(list().path, { limit: "30", before: second?.previous ?? "" });
    expect(back.items).toEqual(first?.items);
    expect((await fetchPage(list().path, { limit: "30", after: back.next ?? "" })).items).toEqual(second?.items);
  });

  test("rows that come and go meanwhile make none appear twice, and none that stays is missed", async () => {
    const { from, order } = list();
    const mine = new Set(await idsInOrder({ path: "", from, order }));
    const gone = new Set<string>();
    const pages = await walk(list(), 20, async (page) => {
      await insertCopies(from, 3);
      for (const id of [page.items[0]?.id, page.items.at(-1)?.id])
        if (id !== undefined && mine.has(id) && id !== projectId) gone.add(id);
      await web.admin.query(`delete from ${from} where organization_id = $1 and id = any ($2::uuid[])`, [
        organizationId,
        [...gone],
      ]);
    });
    const seen = idsOf(pages);
    expect(new Set(seen).size).toBe(seen.length);
    expect(gone.size).toBeGreaterThan(10);
    const stayed = new Set(await idsInOrder({ path: "", from, order }));
    for (const id of mine) if (stayed.has(id)) expect(seen).toContain(id);
  });
});

/** New rows at the places of old ones, anywhere in the order. */
async function insertCopies(from: string, count: number): Promise<void> {
  const columns =
    from === "projects"
      ? "organization_id, name, created_at, updated_at"
      : "organization_id, project_id, title, created_at";
  await web.admin.query(
    `insert into ${from} (${columns}) select ${columns} from ${from} where organization_id = $1 order by random() limit $2`,
    [organizationId, count],
  );
}

describe("what a list may be asked", () => {
  test("search and status narrow each page, not the pages to one", async () => {
    const open = await walk(
      { ...tasks("oldest", "id"), path: `${tasks("oldest", "id").path}&status=open&search=title` },
      20,
    );
    const { rows } = await web.admin.query<{ id: string }>(
      "select id from tasks where organization_id = $1 and completed_at is null order by created_at, id",
      [organizationId],
    );
    expect(idsOf(open)).toEqual(rows.map(({ id }) => id));
  });

  test("the signs of a search pattern are text", async () => {
    const name = `100%_\\ ${randomUUID()}`;
    await web.request(`/api/organizations/${ada.slug}/projects`, json({ name }, { cookie: ada.cookie }));
    for (const search of ["100%_\\ ", "%_\\"])
      expect((await fetchPage(projects("newest", "").path, { search })).items).toHaveLength(1);
    expect((await fetchPage(projects("newest", "").path, { search: "%%%" })).items).toHaveLength(0);
  });
});
