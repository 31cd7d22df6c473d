import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { runHere } from "../../fixture/run-here.ts";

const name = "convert_trees";
const url = withDatabase(inject("postgresUrl"), name);
const file = join(tmpdir(), `${name}-${process.pid}.yaml`);
let admin: pg.Client;

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  // Five levels, of which the root alone says whose they are; pictures of folders and of users.
  await admin.query(`
    create table users (id bigint primary key, email text not null unique, password_hash text not null);
    create table folders (id bigint primary key, user_id bigint references users, parent_id bigint references folders, name text not null);
    create table pictures (id bigint primary key, owner_type text not null, owner_id bigint not null);
    create table polls (id bigint primary key, user_id bigint references users);
    create table poll_votes (id bigint primary key, poll_id bigint not null references polls on delete cascade);
    insert into users select n, 'u' || n, 'x' from generate_series(1, 3) n;
    insert into folders select 10 * level + u, case when level = 0 then u end, case when level > 0 then 10 * (level - 1) + u end, 'f'
      from generate_series(4, 0, -1) level, generate_series(1, 3) u order by level;
    insert into pictures select id, 'Folder', id from folders; insert into pictures select 100 + id, 'User', id from users;
    insert into polls values (1, 1), (2, null); insert into poll_votes values (1, 1), (2, 2), (3, 2); analyze;`);
});

afterAll(async () => {
  await admin.end();
  await dropDatabase(inject("postgresUrl"), name);
  await rm(file, { force: true });
});

it("a tree's rows and a user's own pictures come to the root's and the user's organization, also those written meanwhile", async () => {
  expect(await runHere(["convert", "plan", "--url", url, "--out", file])).toMatchObject({ code: 0, error: "" });
  await writeFile(file, (await readFile(file, "utf8")).replace("answer: null", "answer: leave"));
  await convert("run", "--until", "backfill");
  await admin.query("insert into folders values (51, null, 41, 'deep'); insert into pictures values (200, 'User', 2)");
  await admin.query("update folders set user_id = 3 where id = 1");
  await convert("run", "--until", "hard-isolation");
  expect(await homes("folders f", "f.id % 10 = 1")).toEqual(["3"]);
  expect(await homes("pictures f", "f.id in (102, 200)")).toEqual(["2"]);
  await convert("validate");
}, 60_000);

it("rows that are left without an owner take their parts along, and no check stands in the way", async () => {
  const { rows } = await admin.query("select id::int from poll_votes where organization_id is null order by id");
  expect(rows).toEqual([{ id: 2 }, { id: 3 }]);
});

async function convert(command: string, ...flags: string[]): Promise<void> {
  const ending = await runHere(["convert", command, "--plan", file, "--url", url, ...flags]);
  expect(ending, ending.out).toMatchObject({ code: 0, error: "" });
}

/** The users to whose organizations the rows belong; none where a row belongs to none. */
async function homes(table: string, condition: string): Promise<(string | null)[]> {
  const { rows } = await admin.query<{ key: string | null }>(
    `select distinct o.key from ${table} left join rowhouse_convert.owners o on o.kind = 'user' and o.organization_id = f.organization_id where ${condition}`,
  );
  return rows.map(({ key }) => key);
}
