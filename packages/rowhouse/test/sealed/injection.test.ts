import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../fixture/code-of.ts";
import { sealFixtures, unsealFixtures } from "../fixture/sealing.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

let unsealed: TwoOrganizations;
let sealed: TwoOrganizations;

beforeAll(async () => {
  unsealed = await openTwoOrganizations({ maxConnections: 1 });
  sealFixtures();
  sealed = await openTwoOrganizations({ maxConnections: 1 });
});

afterAll(async () => {
  unsealFixtures();
  await unsealed[Symbol.asyncDispose]();
  await sealed[Symbol.asyncDispose]();
});

const move = "set_config('rowhouse.organization_id', '{{globex}}', true)";

/** What somebody may get into the text of a tenant's statements: the last one's rows are what they learn. */
const injections: Readonly<Record<string, readonly string[]>> = {
  "in a where": [`select name from projects where ${move} is not null`, "select name from projects"],
  "in the where of one statement": [
    `select name from projects where ${move} is not null union all select name from projects`,
  ],
  stacked: [`select ${move}`, "select name from projects"],
  "stacked in a block": [`do $$ begin perform ${move}; end $$`, "select name from projects"],
  "in a CTE": [
    `with moved as materialized (select ${move}) select p.name from moved, lateral (select name from projects) p`,
  ],
  "in a function's argument": [
    `select p.name from generate_series(1, char_length(${move}) - 35) n, lateral (select name from projects offset n - 1) p`,
  ],
  "in SQL within SQL": [
    `select query_to_xml($q$select ${move}$q$, true, true, '')::text || query_to_xml('select name from projects', true, true, '')::text as name`,
  ],
  "as another user": [
    "select set_config('rowhouse.user_id', '{{globexOwner}}', true)",
    "select organization_id::text || ' globex secret' as name from rowhouse.memberships where organization_id = '{{globex}}'",
  ],
  "with a domain for which nobody vouched": [
    "select set_config('rowhouse.address_domain', 'globex.example', true)",
    "select token || ' globex secret' as name from rowhouse.domains",
  ],
  "with the function that looks up a domain": [
    "select rowhouse.organization_of_domain('globex.example')::text || ' globex secret' as name",
  ],
};

function fillIn(text: string, { globex }: TwoOrganizations): string {
  return text.replaceAll("{{globexOwner}}", globex.ownerId).replaceAll("{{globex}}", globex.id);
}

/** Of all that a transaction of Acme's learns from these statements, what is Globex's. */
async function learn(world: TwoOrganizations, statements: readonly string[]): Promise<string> {
  const rows = world.inAcme((tenant) =>
    tenant.transaction(async ({ db }) => {
      let last: { name: string | null }[] = [];
      for (const text of statements)
        last = (await sql.raw<{ name: string | null }>(fillIn(text, world)).execute(db)).rows;
      return last;
    }),
  );
  const names = (await rows).map(({ name }) => name ?? "").join();
  return names.includes("globex secret") ? "crossed" : "held";
}

async function verifyDomain({ fixture, globex }: TwoOrganizations): Promise<void> {
  await fixture.admin.query(
    `insert into rowhouse.domains (organization_id, domain, status, mode, token, method, verified_at)
     values ($1, 'globex.example', 'verified', 'auto', 'a token of twenty characters', 'dns', now())`,
    [globex.id],
  );
}

describe("Promise 1: injected SQL cannot name another organization where contexts are sealed", () => {
  beforeAll(async () => {
    await verifyDomain(unsealed);
    await verifyDomain(sealed);
  });

  it.each(Object.entries(injections))("Promise 1: %s: reads", async (_, statements) => {
    expect(await learn(unsealed, statements), "the control: without a seal it crosses").toBe("crossed");
    expect(await learn(sealed, statements)).toBe("held");
  });

  it.each([
    ["an insert", "insert into projects (organization_id, name) values ('{{globex}}', 'planted')", "ROW_SECURITY"],
    ["an update", "update projects set name = name || '!' where organization_id = '{{globex}}'", "ok"],
    ["a delete", "delete from tasks where organization_id = '{{globex}}'", "ok"],
  ])("Promise 1: after a move, %s changes nothing of another organization", async (_, text, code) => {
    expect(await write(unsealed, text), "the control").toEqual({ code: "ok", isChanged: true });
    expect(await write(sealed, text)).toEqual({ code, isChanged: false });
  });
});

async function write(world: TwoOrganizations, text: string): Promise<{ code: string; isChanged: boolean }> {
  const before = await readAll(world);
  const code = await codeOf(
    world.inAcme((tenant) =>
      tenant.transaction(async ({ db }) => {
        await sql.raw(fillIn(`select ${move}`, world)).execute(db);
        await sql.raw(fillIn(text, world)).execute(db);
      }),
    ),
  );
  return { code, isChanged: (await readAll(world)) !== before };
}

async function readAll({ fixture }: TwoOrganizations): Promise<string> {
  const { rows } = await fixture.admin.query("select name from projects union all select title from tasks order by 1");
  return JSON.stringify(rows);
}
