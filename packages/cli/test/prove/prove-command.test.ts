import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDoctorFixture, type DoctorDatabase, type DoctorFixture } from "../doctor/doctor-fixture.ts";
import { runHere } from "../fixture/run-here.ts";
import { startRowhouse } from "../fixture/run-rowhouse.ts";

let fixture: DoctorFixture;
let clean: DoctorDatabase;
let leaky: DoctorDatabase;
let folder: string;

beforeAll(async () => {
  fixture = await openDoctorFixture("prove_command");
  clean = await fixture.open();
  leaky = await fixture.open();
  await leaky.admin.query(
    "create policy everybody on tasks for select using (true); drop policy tenant_floor on tasks",
  );
  // A database that somebody is connected to cannot be copied.
  await leaky.admin.end();
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-prove-"));
});
afterAll(async () => {
  await clean[Symbol.asyncDispose]();
  await leaky[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const prove = (url: string, ...flags: string[]) => runHere(["prove", "--url", url, ...flags]);
const write = async (name: string, content: string): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
};

describe("a database without a hole", () => {
  test("ends with 0, shows the matrix, and is as it was", async () => {
    const before = await contentOf(clean);
    const { code, out, error } = await prove(clean.url, "--rollback");
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toContain("the column that says whose a row is: organization_id");
    expect(out).toMatch(/^public\.tasks +(·| )/m);
    const told =
      /Proven for \S+: (\d+) of (\d+) attempts on 8 objects were held, 0 crossed, 0 could not be decided, 1 crossed below/.exec(
        out,
      );
    // How many rows others have is told by EXPLAIN ANALYZE to whoever may send any statement.
    expect(Number(told?.[2]) - Number(told?.[1])).toBe(1);
    expect(Number(told?.[1])).toBeGreaterThan(200);
    expect(await contentOf(clean)).toEqual(before);
  });
});

describe("a database with a hole", () => {
  test("ends with 1 and says in text, JSON and on a page what was reached; its copy is gone", async () => {
    const file = path.join(folder, "proof.html");
    const { code, out } = await prove(leaky.url, "--html", file, "--format", "json");
    expect(code).toBe(1);
    const { isProven, cells, summary } = JSON.parse(out) as {
      isProven: boolean;
      cells: { attack: string; object: string; verdict: string; cacheKey: string }[];
      summary: { crossed: number; minor: number };
    };
    expect(isProven).toBe(false);
    expect(cells).toContainEqual(
      expect.objectContaining({ attack: "select-by-key", object: "public.tasks", verdict: "crossed" }),
    );
    expect(cells).toContainEqual(
      expect.objectContaining({ attack: "select-by-key", object: "public.projects", verdict: "held" }),
    );
    const page = await readFile(file, "utf8");
    expect(page).toContain('<p class="verdict crossed">Not proven');
    expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
    expect(summary.crossed + summary.minor).toBe(cells.filter(({ verdict }) => verdict === "crossed").length);
    const { rows } = await clean.admin.query(
      "select datname from pg_database where datname like 'rowhouse\\_prove\\_%'",
    );
    expect(rows).toEqual([]);
  });

  test("that is known ends with 0, and another one with 1 again", async () => {
    const known = path.join(folder, "known.json");
    expect((await prove(leaky.url, "--write-baseline", known)).code).toBe(0);
    const { code, out } = await prove(leaky.url, "--baseline", known);
    expect({ code, known: out.includes("[known]") }).toEqual({ code: 0, known: true });
    // Whose copy outlives a time limit is taken by the next test for its own.
  }, 60_000);
});

test("Ctrl-C ends with 2 in one line, and the copy is gone", async () => {
  const running = startRowhouse(["prove", "--url", leaky.url]);
  await expect.poll(() => copies().then(({ length }) => length), { timeout: 15_000 }).toBe(1);
  running.interrupt();
  const { code, out, error } = await running.ended;
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toBe("CANCELED: Stopped. The copy of the database is dropped.\n");
  expect(await copies()).toEqual([]);
});

describe("what it is given", () => {
  test("a database that others use is not copied, and the message says what else can be done", async () => {
    const { code, error } = await prove(clean.url);
    expect(code).toBe(2);
    expect(error).toMatch(/^UNSAFE_DATABASE: Others are using .*--rollback\.\n$/);
  });

  test("a context that the policies do not read proves nothing, and is refused rather than called proven", async () => {
    const { code, out, error } = await prove(clean.url, "--rollback", "--context-setting", "nobody.reads_this");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toMatch(
      /^INVALID_INPUT: In the context of its organization .* sees none .*--context-setting, or give --enter\.\n$/,
    );
  });

  test("a role below row security could not tell what was reached, and is refused", async () => {
    const url = new URL(clean.url);
    [url.username, url.password] = [fixture.name("{{app}}"), "app"];
    const { code, error } = await prove(url.href, "--rollback");
    expect(code).toBe(2);
    expect(error).toMatch(/^UNSAFE_DATABASE: .* is subject to row security .*superuser\.\n$/);
  });

  test.each([
    ["--values", "no json", /holds no values: expected JSON as/],
    ["--values", '{"public.tasks": {"rank": 1}}', /holds no values: expected JSON as/],
    ["--baseline", "[]", /is no baseline/],
  ])("%s %s is refused before anything is asked of the database", async (flag, content, message) => {
    const { code, error } = await prove(
      "postgres://nobody@127.0.0.1:1/nothing",
      flag,
      await write("odd.json", content),
    );
    expect(code).toBe(2);
    expect(error).toMatch(/^INVALID_INPUT: /);
    expect(error).toMatch(message);
  });

  test.each([["--values"], ["--enter"], ["--baseline"]])("a file of %s that is not there is named", async (flag) => {
    const { code, error } = await prove(clean.url, flag, path.join(folder, "nothing"));
    expect({ code, named: /^INVALID_INPUT: .*no such file/.test(error) }).toEqual({ code: 2, named: true });
  });
});

async function copies(): Promise<unknown[]> {
  const { rows } = await clean.admin.query<object>("select from pg_database where datname like 'rowhouse\\_prove\\_%'");
  return rows;
}

async function contentOf({ admin }: DoctorDatabase): Promise<unknown> {
  const { rows } = await admin.query(`
    select (select jsonb_agg(t) from organizations as t), (select jsonb_agg(t) from tasks as t), (select count(*) from users),
      (select jsonb_agg(format('%s %s %s', relname, relrowsecurity, relacl) order by relname) from pg_class where relnamespace = 'public'::regnamespace)`);
  return rows;
}
